package dev.headroom.console.draft;

import dev.headroom.catalog.Catalog;
import dev.headroom.console.SignedIn;
import dev.headroom.console.account.ActorText;
import dev.headroom.console.diff.DiffPanel;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftEdits;
import dev.headroom.draft.Drafts;
import dev.headroom.impact.Impacts;
import dev.headroom.storefront.PricingTables;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the pages of drafts ask. */
@Component
record DraftServices(SignedIn signedIn, Drafts drafts, DraftEdits edits, Catalog catalog, Impacts impacts, PricingTables tables, InstantSource clock) {

    /** Who did something, as whoever reads it knows them. */
    String who(String actor) {
        return new ActorText(List.of(), signedIn).of(actor);
    }

    DiffPanel diff(Draft draft) {
        return new DiffPanel(drafts.diff(signedIn.actor(), draft), catalog.snapshot(), draft.subject().kind());
    }
}
