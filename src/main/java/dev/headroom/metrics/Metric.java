package dev.headroom.metrics;

import dev.headroom.money.Money;
import dev.headroom.reporting.RateSet;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.PayingAccounts;
import java.util.List;
import java.util.Objects;
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
     * @param movements that it is the sum of; absent where it is no sum of movements, and where it is of several currencies
     * @param accounts  that it counts or is the sum of; absent where no list of accounts is, and where it is of several currencies
     * @param inEach    of all currencies that are told in one, what it is in each: exactly what it is the sum of; empty of one currency alone
     */
    public record Part(
            @Nullable Money money, long count, @Nullable MovementFilter movements, PayingAccounts.@Nullable Filter accounts, List<Part> inEach) {

        public Part {
            inEach = List.copyOf(inEach);
        }

        Part(@Nullable Money money, long count, @Nullable MovementFilter movements, PayingAccounts.@Nullable Filter accounts) {
            this(money, count, movements, accounts, List.of());
        }

        static Part number(long count) {
            return new Part(null, count, null, null);
        }

        /** Of all currencies in one: added up exactly and rounded once, as the list is that it leads to. */
        static Part told(List<Part> of, RateSet rates) {
            List<Money> amounts = of.stream().map(Part::money).filter(Objects::nonNull).toList();
            return new Part(amounts.isEmpty() ? null : rates.told(amounts), of.stream().mapToLong(Part::count).sum(), null, null, of);
        }

        /** What is divided. */
        long size() {
            return money == null ? count : money.minor();
        }
    }
}
