package dev.headroom.console.publish;

import dev.headroom.catalog.Catalog;
import dev.headroom.console.SignedIn;
import dev.headroom.draft.Drafts;
import dev.headroom.impact.Impacts;
import dev.headroom.rollout.Publications;
import dev.headroom.rollout.PublishingPolicies;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** What publishing asks. */
@Component
record PublishServices(
        SignedIn signedIn, Drafts drafts, Impacts impacts, Publications publications, PublishingPolicies policies, Catalog catalog, InstantSource clock) {}
