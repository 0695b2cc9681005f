package dev.headroom.value;

import dev.headroom.catalog.Feature;
import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.money.Rounding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a change costs and brings in twelve months, against staying.
 *
 * <p>Payback is the investment divided by the net inflow of a period (Brealey, Myers and Allen, Principles of Corporate Finance, on the payback rule),
 * here in whole months, rounded up. The return is the net gain divided by what was spent (Farris, Bendle, Pfeifer and Reibstein, Marketing Metrics, on
 * return on investment), of the first twelve months, in hundredths of a percent. Neither discounts later money.
 *
 * @param version         of the metrics
 * @param lines           of which each is rounded once, and which make every figure here
 * @param breakEvenMonths after how many months, from when the change takes effect, it has brought what it cost; absent where it does not in a hundred years
 * @param breakEvenAt     present with the months
 * @param returnPoints    hundredths of a percent; absent where nothing is spent
 */
public record ValueCase(
        int version, List<Line> lines, Money extraCostYear, Money extraValueYear, Money implementation, @Nullable Integer breakEvenMonths,
        @Nullable Instant breakEvenAt, @Nullable Long returnPoints) {

    private static final int MONTHS = 12;
    private static final int MOST_MONTHS = 1_200;
    private static final BigDecimal POINTS = BigDecimal.valueOf(10_000);

    /**
     * One amount of twelve months, or of once.
     *
     * @param feature     absent for what is no feature's
     * @param explanation the calculation, for people
     */
    public record Line(Kind kind, @Nullable Feature feature, Money amount, String explanation) {

        /** What it is. */
        public enum Kind {
            /** What recurs, more than before; negative where it is less. */
            RECURRING,
            /** What is expected past limits, more than before. */
            OVERAGE,
            /** What the use that becomes possible is worth; negative where use is lost. */
            VALUE,
            /** Once. */
            IMPLEMENTATION
        }
    }

    public ValueCase {
        lines = List.copyOf(lines);
    }

    /** @param from when the change takes effect */
    static ValueCase of(int version, List<Line> lines, Money implementation, Instant from) {
        Money zero = Money.zero(implementation.currency());
        Money cost = sum(lines, zero, Line.Kind.RECURRING).plus(sum(lines, zero, Line.Kind.OVERAGE));
        Money value = sum(lines, zero, Line.Kind.VALUE);
        Optional<Integer> months = months(implementation, value.minus(cost));
        return new ValueCase(
                version, lines, cost, value, implementation, months.orElse(null),
                months.map(after -> from.atZone(ZoneOffset.UTC).plusMonths(after).toInstant()).orElse(null), points(value, cost.plus(implementation)));
    }

    private static Money sum(List<Line> lines, Money zero, Line.Kind kind) {
        return lines.stream().filter(line -> line.kind() == kind).map(Line::amount).reduce(zero, Money::plus);
    }

    /** @param net of twelve months */
    private static Optional<Integer> months(Money implementation, Money net) {
        if (!net.isPositive()) {
            return Optional.empty();
        }
        long months = Math.ceilDiv(Math.multiplyExact(implementation.minor(), MONTHS), net.minor());
        return months > MOST_MONTHS ? Optional.empty() : Optional.of((int) months);
    }

    private static @Nullable Long points(Money value, Money spent) {
        return spent.isPositive()
                ? Long.valueOf(BigDecimal.valueOf(value.minus(spent).minor()).multiply(POINTS).divide(BigDecimal.valueOf(spent.minor()), 0, RoundingMode.HALF_UP).longValueExact())
                : null;
    }

    /** A month of it, rounded once. */
    public Money extraCost() {
        return month(extraCostYear);
    }

    /** A month of it, rounded once. */
    public Money extraValue() {
        return month(extraValueYear);
    }

    private static Money month(Money year) {
        return Rounding.toMoney(new Ratio(BigInteger.valueOf(year.minor()), BigInteger.valueOf(MONTHS)), year.currency());
    }
}
