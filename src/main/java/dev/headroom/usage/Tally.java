package dev.headroom.usage;

import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What events add to one running total.
 *
 * @param lastAt the time of the latest of them
 */
record Tally(Key key, Aggregation aggregation, long amount, Instant lastAt) {

    /** What a total is of. */
    enum Grain {
        /** A window, after which it starts again. */
        PERIOD,
        /** An hour on the account's clock, for charts and for windows that roll. */
        HOUR
    }

    /**
     * Which total it is. A window is known by its beginning: when a subscription is billed by another interval, it goes on and ends elsewhere.
     *
     * @param group of a window, or of an hour where the window rolls, as JSON; empty for the whole
     */
    record Key(UUID account, UUID feature, Grain grain, String group, Period window) {

        /** Whoever raises several totals raises them in this order, so that no two ever wait for each other. */
        static final Comparator<Key> ORDER = Comparator.comparing(Key::account)
                .thenComparing(Key::grain)
                .thenComparing(Key::feature)
                .thenComparing(Key::group)
                .thenComparing(key -> key.window().from());

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && ORDER.compare(this, key) == 0;
        }

        @Override
        public int hashCode() {
            return Objects.hash(account, feature, grain, group, window.from());
        }

        /** The one that a counter is. */
        static Key whole(UsageCounter counter) {
            return new Key(counter.account().value(), counter.feature().value(), Grain.PERIOD, "", counter.window());
        }

        /** The total of the window in which an event counts for a feature. */
        static Key whole(AcceptedEvent event, AcceptedEvent.Share share) {
            return new Key(event.account().id().value(), share.feature().id().value(), Grain.PERIOD, "", share.window());
        }
    }

    /** Both together, in whatever order they came. */
    Tally and(Tally other) {
        long together = switch (aggregation) {
            case SUM, COUNT, UNIQUE -> Math.addExact(amount, other.amount);
            case MAX -> Math.max(amount, other.amount);
            case LATEST -> later(other);
        };
        return new Tally(key, aggregation, together, lastAt.isAfter(other.lastAt) ? lastAt : other.lastAt);
    }

    private long later(Tally other) {
        int order = lastAt.compareTo(other.lastAt);
        return order == 0 ? Math.max(amount, other.amount) : order > 0 ? amount : other.amount;
    }
}
