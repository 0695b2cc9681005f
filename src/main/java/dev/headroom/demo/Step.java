package dev.headroom.demo;

import dev.headroom.entitlement.Grant;
import dev.headroom.time.Interval;
import dev.headroom.usage.UsageEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that an account does, and when. */
sealed interface Step {

    Instant at();

    record Open(Instant at, Company company) implements Step {}

    record AddCard(Instant at, String paymentMethod) implements Step {}

    /** @param trialDays 0 for none */
    record Start(Instant at, Holding holding, int trialDays) implements Step {}

    /** Asks for a quote and accepts it. */
    record Change(Instant at, Holding from, Holding to) implements Step {

        /** Absent where it stays. */
        @Nullable Interval interval() {
            return from.annual() == to.annual() ? null : to.interval();
        }

        @Nullable String plan() {
            return from.offering() == to.offering() ? null : to.offering().plan();
        }

        @Nullable Long seats() {
            return from.seats() == to.seats() ? null : to.seatsWanted();
        }
    }

    /** Needs nothing of Stripe. */
    sealed interface Everyday extends Step {}

    /** @param product whose seats they get; absent where it has none */
    record Join(Instant at, @Nullable String product, List<Person> people) implements Everyday {}

    /**
     * People work with it.
     *
     * @param last when each was seen last, by key
     */
    record Work(Instant at, Map<String, Instant> last) implements Everyday {}

    /**
     * The vendor gives the account a switch.
     *
     * @param until absent is for good
     */
    record Give(Instant at, String feature, Grant.Kind kind, String reason, @Nullable Instant until) implements Everyday {}

    /** What was given is taken back before its end. */
    record TakeBack(Instant at, String feature, String reason) implements Everyday {}

    record Use(Instant at, List<UsageEvent> events) implements Step {}
}
