package dev.headroom.value;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.limits.Limit;
import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.money.UnitPrice;
import dev.headroom.quote.Quote;
import dev.headroom.quote.Target;
import dev.headroom.time.Reset;
import java.math.BigInteger;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From how much use of one feature a dearer plan costs less than staying and paying for what goes beyond: where two lines of cost over volume cross,
 * as in any cost-volume analysis, and from there on the next whole unit.
 *
 * @param units       a month; of what is held, at once. The least with which the change costs less in twelve months, all else equal, before roundings
 * @param explanation for people
 */
public record UsageBreakEven(Feature feature, long units, String explanation) {

    /**
     * What twelve months cost with {@code u} units: {@code base + price × max(0, times × u − included)}.
     *
     * @param base     minor units
     * @param price    of a unit beyond; zero where none is charged for
     * @param times    how often the units of a month count in twelve months
     * @param included in twelve months; absent is unlimited
     * @param blocks   whether there is no use beyond
     */
    record Line(long base, Ratio price, long times, @Nullable BigInteger included, boolean blocks) {

        private boolean bends() {
            return included != null && price.signum() > 0;
        }

        /** The first whole unit with which something is paid for beyond the base. */
        private BigInteger bend() {
            return bends() ? included.divide(BigInteger.valueOf(times)) : BigInteger.ZERO;
        }

        Ratio cost(BigInteger units) {
            BigInteger beyond = included == null ? BigInteger.ZERO : units.multiply(BigInteger.valueOf(times)).subtract(included).max(BigInteger.ZERO);
            return Ratio.of(base, 1).plus(price.times(new Ratio(beyond, BigInteger.ONE)));
        }

        private boolean holds(BigInteger units) {
            return !blocks || included == null || units.multiply(BigInteger.valueOf(times)).compareTo(included) <= 0;
        }

        /** What one more unit costs, from so many on. */
        private Ratio slope(BigInteger units) {
            return cost(units.add(BigInteger.ONE)).minus(cost(units));
        }
    }

    static List<UsageBreakEven> of(Quote quote, CatalogSnapshot known) {
        Target staying = Target.of(quote.subscription(), known, List.of());
        Target changed = quote.target();
        Money before = year(quote.quotation().before().total(), staying);
        Money after = year(quote.quotation().after().total(), changed);
        if (!changed.renews() || after.compareTo(before) <= 0) {
            return List.of();
        }
        return known.featuresOf(quote.subscription().product()).stream()
                .filter(feature -> feature.counted() && feature.reset() != Reset.DAY)
                .flatMap(feature -> of(feature, line(staying, feature, before), line(changed, feature, after), staying, changed, before.currency()))
                .toList();
    }

    private static Stream<UsageBreakEven> of(Feature feature, Optional<Line> staying, Optional<Line> changed, Target from, Target to, Currency currency) {
        return staying.filter(Line::bends).flatMap(now -> changed.flatMap(then -> least(now, then))).stream().map(units -> new UsageBreakEven(
                feature, units, from.version().plan().name() + " with overage costs " + told(staying.orElseThrow(), units, currency) + " in twelve months with " + units + " "
                        + feature.name() + ", " + to.version().plan().name() + " " + told(changed.orElseThrow(), units, currency)));
    }

    private static UnitPrice told(Line line, long units, Currency currency) {
        return new UnitPrice(line.cost(BigInteger.valueOf(units)).decimal(12), currency);
    }

    private static Money year(Money total, Target target) {
        return total.times(12 / target.interval().months());
    }

    /** Empty where it is not granted. */
    private static Optional<Line> line(Target target, Feature feature, Money base) {
        Currency currency = base.currency();
        if (!target.limit(feature, currency).isGranted()) {
            return Optional.empty();
        }
        Limit limit = target.limit(feature, currency).limit();
        long periods = 12L / target.interval().months();
        long windows = switch (feature.reset()) {
            case CALENDAR_MONTH -> 12;
            case BILLING_PERIOD, NEVER, ROLLING, DAY -> periods;
        };
        boolean consumed = feature.reset() == Reset.CALENDAR_MONTH || feature.reset() == Reset.BILLING_PERIOD;
        Ratio price = limit.overagePrice() == null ? Ratio.ZERO : Ratio.of(limit.overagePrice().minor());
        return Optional.of(new Line(
                base.minor(), price, consumed ? 12 : windows,
                limit.included() == null ? null : BigInteger.valueOf(limit.included()).multiply(BigInteger.valueOf(windows)), limit.policy() == Limit.Policy.HARD));
    }

    /** Between the bends both are straight: whether they cross there is decided by where they begin and how steep they are. */
    static Optional<Long> least(Line staying, Line changed) {
        List<BigInteger> begins = Stream.of(BigInteger.ZERO, staying.bend(), staying.bend().add(BigInteger.ONE), changed.bend(), changed.bend().add(BigInteger.ONE))
                .distinct().sorted().toList();
        for (int i = 0; i < begins.size(); i++) {
            BigInteger from = begins.get(i);
            Optional<BigInteger> crossed = crossing(staying, changed, from);
            boolean here = crossed.isPresent() && (i == begins.size() - 1 || crossed.get().compareTo(begins.get(i + 1)) < 0);
            if (here) {
                return crossed.filter(changed::holds).filter(units -> units.bitLength() < Long.SIZE).map(BigInteger::longValue);
            }
        }
        return Optional.empty();
    }

    /** The first whole unit from there on, were both to go on as they do there. */
    private static Optional<BigInteger> crossing(Line staying, Line changed, BigInteger from) {
        Ratio behind = changed.cost(from).minus(staying.cost(from));
        if (behind.signum() < 0) {
            return Optional.of(from);
        }
        Ratio gain = staying.slope(from).minus(changed.slope(from));
        if (gain.signum() <= 0) {
            return Optional.empty();
        }
        BigInteger steps = behind.numerator().multiply(gain.denominator()).divide(behind.denominator().multiply(gain.numerator()));
        return Optional.of(from.add(steps).add(BigInteger.ONE));
    }
}
