package dev.headroom.change;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How many invoices Stripe makes for one subscription: <a href="https://docs.stripe.com/rate-limits">10 a minute and 20 a day</a>, each counted
 * back from any moment, which is never more than Stripe would count.
 */
enum InvoiceRate {
    A_MINUTE(10, Duration.ofMinutes(1)),
    A_DAY(20, Duration.ofDays(1));

    private final int most;
    private final Duration within;

    InvoiceRate(int most, Duration within) {
        this.most = most;
        this.within = within;
    }

    /** Before this nothing is counted. */
    static Instant since(Instant now) {
        return now.minus(A_DAY.within);
    }

    /**
     * From when on one more is possible; empty where it is now.
     *
     * @param made when invoices were made, the newest first
     */
    static Optional<Instant> possibleFrom(List<Instant> made, Instant now) {
        return List.of(values()).stream()
                .filter(rate -> made.size() >= rate.most)
                .map(rate -> made.get(rate.most - 1).plus(rate.within))
                .filter(now::isBefore)
                .max(Comparator.naturalOrder());
    }
}
