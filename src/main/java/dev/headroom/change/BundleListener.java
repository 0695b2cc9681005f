package dev.headroom.change;

import dev.headroom.bundle.Bundles;
import dev.headroom.subscription.SubscriptionChanged;
import java.time.InstantSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Sees to it that somebody looks at an account's bundles when what it has is another, whoever made it so. */
@Component
class BundleListener {

    private final Bundles bundles;
    private final BundleDueRepository due;
    private final InstantSource clock;

    BundleListener(Bundles bundles, BundleDueRepository due, InstantSource clock) {
        this.bundles = bundles;
        this.due = due;
        this.clock = clock;
    }

    /** In the transaction that records it: Stripe is asked by whoever looks next. */
    @EventListener
    void on(SubscriptionChanged changed) {
        boolean concerns = bundles.all().stream()
                .flatMap(bundle -> bundle.members().stream())
                .anyMatch(member -> member.product().equals(changed.after().product()));
        if (concerns) {
            due.due(changed.after().account(), clock.instant());
        }
    }
}
