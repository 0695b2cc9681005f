package dev.headroom.console.impact;

import dev.headroom.account.Accounts;
import dev.headroom.catalog.Catalog;
import dev.headroom.console.SignedIn;
import dev.headroom.draft.Drafts;
import dev.headroom.impact.Impacts;
import dev.headroom.impact.LinePages;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** What is asked wherever an impact is shown. */
@Component
public record ImpactServices(SignedIn signedIn, Drafts drafts, Impacts impacts, LinePages lines, Catalog catalog, Accounts accounts, InstantSource clock) {}
