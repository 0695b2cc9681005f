package dev.headroom.metrics;

import dev.headroom.money.Money;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.PayingAccounts;
import org.jspecify.annotations.Nullable;

/**
 * A figure with what it is made of.
 *
 * @param value       in its kind's unit, rounded once; absent where the denominator is nothing, or there is no such figure
 * @param denominator absent where it is no quotient
 */
public record Metric(Kind kind, @Nullable Long value, Part numerator, @Nullable Part denominator) {

    /** What is told; the formula of each stands in docs/metrics.md. */
    public enum Kind {
        EXPANSION_RATE(Unit.POINTS),
        SEAT_EXPANSION_RATE(Unit.POINTS),
        AVERAGE_EXPANSION(Unit.MINOR),
        EXPANSION_SHARE(Unit.POINTS),
        USAGE_SHARE(Unit.POINTS),
        EXPANSION_VELOCITY(Unit.MINOR),
        QUICK_RATIO(Unit.HUNDREDTHS),
        QUICK_RATIO_OF_ALL(Unit.HUNDREDTHS),
        LOGO_RETENTION(Unit.POINTS),
        TIME_TO_EXPANSION(Unit.DAYS),
        SEVERAL_PRODUCTS(Unit.POINTS),
        ATTACH_RATE(Unit.POINTS);

        private final Unit unit;

        Kind(Unit unit) {
            this.unit = unit;
        }

        public Unit unit() {
            return unit;
        }
    }

    /** What a value counts. */
    public enum Unit {
        /** Hundredths of a percent. */
        POINTS,
        /** Minor units of the currency. */
        MINOR,
        /** Hundredths of one. */
        HUNDREDTHS,
        DAYS
    }

    /**
     * A sum or a number that a figure is made of.
     *
     * @param money     absent where it is a number only
     * @param count     of movements, accounts or months; of a sum of movements, how many they are
     * @param movements that it is the sum of; absent where it is no sum of movements
     * @param accounts  that it counts or is the sum of; absent where no list of accounts is
     */
    public record Part(@Nullable Money money, long count, @Nullable MovementFilter movements, PayingAccounts.@Nullable Filter accounts) {

        static Part number(long count) {
            return new Part(null, count, null, null);
        }
    }
}
