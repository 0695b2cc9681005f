package dev.headroom.console.connection;

import dev.headroom.actor.Actor;
import dev.headroom.overage.UsageRejections;
import dev.headroom.stripe.StripeEvents;
import org.springframework.stereotype.Component;

/** Makes the tab of how Stripe is heard, and of what it has said of usage. */
@Component
class OverviewTabs {

    private final StripeEvents events;
    private final UsageRejections rejections;

    OverviewTabs(StripeEvents events, UsageRejections rejections) {
        this.events = events;
        this.rejections = rejections;
    }

    OverviewTab of(Actor actor) {
        return new OverviewTab(events, rejections, actor);
    }
}
