package dev.headroom.usage;

import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.time.Reset;
import dev.headroom.usage.PartitionRepository.Dropped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From when on the events of an account tell all about the totals of a feature: nothing is said of what reaches back to events that retention
 * has dropped.
 *
 * @param windows of windows that begin then or later
 * @param hours   of hours that begin then or later
 * @param seen    of values that were seen then or later
 */
record Evidence(Feature feature, Instant windows, Instant hours, Instant seen) {

    private static final Instant NEVER = Reset.EVER.until();
    /** Within an hour of unique values stand those that their whole window had there first. */
    private static final Duration LONGEST_WINDOW = Duration.ofDays(367);

    /**
     * @param dropped   which events of the account were dropped; absent while all are there
     * @param hoursKept from when on hours are kept
     * @param rollingValuesKept from when on values of windows that roll are kept
     */
    static Evidence of(Feature feature, @Nullable Dropped dropped, Instant hoursKept, Instant rollingValuesKept) {
        Instant seen = Counters.rolls(feature) ? rollingValuesKept : Instant.EPOCH;
        Evidence all = dropped == null ? new Evidence(feature, Instant.EPOCH, Instant.EPOCH, seen) : of(feature, dropped, seen);
        boolean old = Leftovers.hoursAreDeleted(feature) && all.hours.isBefore(hoursKept);
        return old ? new Evidence(feature, all.windows, hoursKept, seen) : all;
    }

    private static Evidence of(Feature feature, Dropped dropped, Instant seen) {
        Instant windows = switch (feature.reset()) {
            case NEVER, ROLLING -> NEVER;
            case BILLING_PERIOD -> billing(dropped);
            case CALENDAR_MONTH, DAY -> dropped.until();
        };
        return new Evidence(feature, windows, unique(feature) ? windows.plus(LONGEST_WINDOW) : dropped.until(), seen);
    }

    /** A billing period may hold events from before it: recorded late, or brought by a backfill. */
    private static Instant billing(Dropped dropped) {
        Instant recordedLate = dropped.until().plus(EventCheck.LATEST);
        return dropped.moved() == null || dropped.moved().isBefore(recordedLate) ? recordedLate : dropped.moved().plus(1, ChronoUnit.MICROS);
    }

    private static boolean unique(Feature feature) {
        return Objects.requireNonNull(feature.meter()).aggregation() == Aggregation.UNIQUE;
    }

    /** Whether the events tell about what is kept there. */
    boolean reaches(Difference difference) {
        return difference instanceof Difference.OfReserved
                || !difference.key().window().from().isBefore(difference.key().grain() == Tally.Grain.HOUR ? hours : windows);
    }

    boolean unique() {
        return unique(feature);
    }

    /** Whether the end of a window follows from its beginning alone. */
    boolean endsByTheCalendar() {
        return feature.reset() != Reset.BILLING_PERIOD;
    }
}
