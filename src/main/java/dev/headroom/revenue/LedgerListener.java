package dev.headroom.revenue;

import dev.headroom.invoice.UsageBilled;
import dev.headroom.subscription.SubscriptionChanged;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Books in the transaction that recorded it: neither is there without the other. */
@Component
class LedgerListener {

    private final Bookings bookings;

    LedgerListener(Bookings bookings) {
        this.bookings = bookings;
    }

    /** First of all who hear of it: what ends takes along what use brought, and only then is that told. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void on(SubscriptionChanged changed) {
        bookings.book(changed.fact());
    }

    @EventListener
    void on(UsageBilled billed) {
        bookings.book(billed);
    }
}
