package dev.headroom.revenue;

import dev.headroom.subscription.SubscriptionChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Books in the transaction that recorded it: neither is there without the other. */
@Component
class LedgerListener {

    private final Bookings bookings;

    LedgerListener(Bookings bookings) {
        this.bookings = bookings;
    }

    @EventListener
    void on(SubscriptionChanged changed) {
        bookings.book(changed.fact());
    }
}
