package dev.headroom.value;

import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.limits.Limit;
import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.money.Rounding;
import dev.headroom.quote.Fit;
import dev.headroom.quote.FittingPlanResult.PlanNeed;
import dev.headroom.quote.Prospects.Prospect;
import dev.headroom.time.Interval;
import dev.headroom.value.ValueCase.Line;
import dev.headroom.value.ValueCase.Line.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The lines of a case. What is worth something is use that a limit would have blocked: of what is expected, as much as the change holds and staying does
 * not. Use past a limit at a price goes on either way, and shows in the cost.
 */
record CaseLines(Prospect prospect, ValueMetrics metrics, Currency currency) {

    private static final int MONTHS = 12;
    private static final int DAYS = 365;
    /** A hundred billion in major units: what is worth more is a mistake in the metrics, or in the events. */
    private static final BigDecimal MOST = BigDecimal.TEN.pow(13);

    /** Empty where no metric says anything of what is expected, in this currency. */
    Optional<List<Line>> find(Function<ValueMetric, Feature> features) {
        List<Line> value = metrics.in(currency).stream().flatMap(metric -> value(metric, features.apply(metric)).stream()).toList();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>();
        lines.add(difference(Kind.RECURRING, prospect.changed().recurring(), prospect.staying().recurring()));
        if (!prospect.changed().overage().isZero() || !prospect.staying().overage().isZero()) {
            lines.add(difference(Kind.OVERAGE, prospect.changed().overage(), prospect.staying().overage()));
        }
        lines.addAll(value);
        Money implementation = metrics.implementation(currency);
        if (!implementation.isZero()) {
            lines.add(new Line(Kind.IMPLEMENTATION, null, implementation, "1 × " + implementation));
        }
        return Optional.of(lines);
    }

    private Line difference(Kind kind, Money changed, Money staying) {
        long after = times(prospect.changed());
        long before = times(prospect.staying());
        return new Line(kind, null, changed.times(after).minus(staying.times(before)), after + " × " + changed + " − " + before + " × " + staying);
    }

    private static long times(Fit fit) {
        return MONTHS / fit.target().interval().months();
    }

    private Optional<Line> value(ValueMetric metric, Feature feature) {
        return feature.kind() == FeatureKind.GATE ? ofGate(metric, feature) : ofUnits(metric, feature);
    }

    private Optional<Line> ofGate(ValueMetric metric, Feature feature) {
        long months = MONTHS * (granted(prospect.changed(), feature) - granted(prospect.staying(), feature));
        return line(metric, feature, BigDecimal.valueOf(months), months + " × " + metric.told());
    }

    private long granted(Fit fit, Feature feature) {
        return fit.target().limit(feature, currency).isGranted() ? 1 : 0;
    }

    /** What is gained anew was never used, so that nothing says how much of it would be. */
    private Optional<Line> ofUnits(ValueMetric metric, Feature feature) {
        return held(prospect.changed(), feature).flatMap(changed -> held(prospect.staying(), feature).flatMap(staying -> {
            BigDecimal units = changed.year().subtract(staying.year());
            return line(metric, feature, units, "(" + changed.told() + " − " + staying.told() + ") × " + metric.told());
        }));
    }

    private Optional<Line> line(ValueMetric metric, Feature feature, BigDecimal units, String explanation) {
        Ratio exact = Ratio.of(units).times(metric.unit());
        return exact.decimal(0).abs().compareTo(MOST) > 0
                ? Optional.empty()
                : Optional.of(new Line(Kind.VALUE, feature, Rounding.toMoney(exact, currency), explanation + " (" + metric.basis() + ")"));
    }

    /** What of the expected use is not blocked: in one window, and how often in twelve months. */
    private record Held(long units, long windows) {

        BigDecimal year() {
            return BigDecimal.valueOf(units).multiply(BigDecimal.valueOf(windows));
        }

        String told() {
            return windows + " × " + units;
        }
    }

    private Optional<Held> held(Fit fit, Feature feature) {
        return fit.needs().stream().filter(need -> need.feature().equals(feature)).findFirst().map(need -> new Held(usable(fit, need), windows(feature, fit.target().interval())));
    }

    private long usable(Fit fit, PlanNeed need) {
        Limit limit = fit.target().limit(need.feature(), currency).limit();
        return limit.policy() == Limit.Policy.HARD ? Math.min(need.units(), Objects.requireNonNullElse(limit.included(), Long.MAX_VALUE)) : need.units();
    }

    /** Of what is held, a unit is worth something each month. */
    private static long windows(Feature feature, Interval interval) {
        return switch (feature.reset()) {
            case BILLING_PERIOD -> feature.meter() == null || feature.meter().aggregation().addsUp() ? MONTHS / interval.months() : MONTHS;
            case CALENDAR_MONTH, NEVER, ROLLING -> MONTHS;
            case DAY -> DAYS;
        };
    }
}
