package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import dev.headroom.catalog.Catalog;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Toast;
import dev.headroom.console.audit.Activity;
import dev.headroom.console.impact.ImpactServices;
import dev.headroom.draft.Drafts;
import dev.headroom.impact.Impacts;
import dev.headroom.rollout.Publications;
import dev.headroom.rollout.PublishingPolicies;
import dev.headroom.rollout.PublishingPolicy;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.Rollouts;
import dev.headroom.rollout.SubscriberMoves;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** What publishing asks, and moving people to what was published. */
@Component
record PublishServices(
        ImpactServices seeing, Publications publications, SubscriberMoves moves, PublishingPolicies policies, Rollouts rollouts, Activity activity) {

    SignedIn signedIn() {
        return seeing.signedIn();
    }

    Drafts drafts() {
        return seeing.drafts();
    }

    Impacts impacts() {
        return seeing.impacts();
    }

    Catalog catalog() {
        return seeing.catalog();
    }

    InstantSource clock() {
        return seeing.clock();
    }

    PublishingPolicy policy() {
        return policies.current(signedIn().actor());
    }

    /** Says what was done, with the ways to what becomes of it and to what was written down. */
    void tell(String done, Rollout rollout) {
        Toast.linked(
                done, new Anchor("rollouts/" + rollout.id(), translate("rollout.one")),
                activity.newest(signedIn(), "rollout", rollout.id(), translate("publish.done.audit")));
    }
}
