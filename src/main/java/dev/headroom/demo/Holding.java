package dev.headroom.demo;

import dev.headroom.time.Interval;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an account has of one product. */
record Holding(Offering offering, long seats, boolean annual) {

    static Holding monthly(Offering offering, long seats) {
        return new Holding(offering, seats, false);
    }

    String product() {
        return offering.product();
    }

    Interval interval() {
        return annual ? Interval.YEAR : Interval.MONTH;
    }

    /** As a request says it. */
    @Nullable Long seatsWanted() {
        return offering.soldBySeat() ? Long.valueOf(seats) : null;
    }

    /** A year costs ten months. */
    double mrr() {
        return offering.monthly(seats) * (annual ? 10 : 12) / 12;
    }

    int people() {
        return offering.people(seats);
    }

    /** The next larger one of the same product. */
    Optional<Holding> larger() {
        return offering.soldBySeat()
                ? Optional.of(withSeats(seats < 10 ? 10 : seats < 25 ? 25 : seats < 50 ? 50 : seats + 15))
                : offering.next().map(next -> new Holding(next, 1, annual));
    }

    Optional<Holding> smaller() {
        if (offering.soldBySeat()) {
            return seats <= 10 ? Optional.empty() : Optional.of(withSeats(seats <= 25 ? 10 : seats <= 50 ? 25 : 50));
        }
        return offering.previous().map(previous -> new Holding(previous, 1, annual));
    }

    /** Paid by the year; empty where it is, and for what is metered by billing period. */
    Optional<Holding> byTheYear() {
        return annual || offering.product().equals("launch-api") ? Optional.empty() : Optional.of(new Holding(offering, seats, true));
    }

    private Holding withSeats(long other) {
        return new Holding(offering, other, annual);
    }
}
