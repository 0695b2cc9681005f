package dev.headroom.overage;

import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionChanged;
import java.time.InstantSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Sees to it that a subscription gets the items that its plan may charge by, and that those of the plan before go. */
@Component
class OverageListener {

    private final MeteredPrices prices;
    private final DueRepository accounts;
    private final InstantSource clock;

    OverageListener(MeteredPrices prices, DueRepository accounts, InstantSource clock) {
        this.prices = prices;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** In the transaction that records it: Stripe is asked by whoever looks next. */
    @EventListener
    void on(SubscriptionChanged changed) {
        AccountSubscription after = changed.after();
        if (after.live() && prices.features().stream().anyMatch(feature -> feature.product().equals(after.product()))) {
            accounts.due(after.account(), clock.instant());
        }
    }
}
