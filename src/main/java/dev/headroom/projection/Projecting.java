package dev.headroom.projection;

import dev.headroom.money.Money;
import dev.headroom.money.Rounding;
import dev.headroom.projection.Assumptions.PriceRise;
import dev.headroom.projection.Bootstrap.Span;
import dev.headroom.projection.Course.Step;
import dev.headroom.projection.Projection.FlowSum;
import dev.headroom.projection.Projection.ProjectedMonth;
import dev.headroom.projection.Projection.Standing;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What closed months say of the next twelve. The middle is the mean month twelve times over, exactly, and rounded where it is shown; it is also the mean of all courses that the band is
 * taken from.
 */
final class Projecting {

    private static final BigDecimal POINTS = BigDecimal.valueOf(Assumptions.WHOLE_POINTS);

    private final List<RevenueMonth> closed;
    private final RevenueSettings told;
    private final Assumptions assumptions;
    private final List<Rates> observed;
    private final Rates mean;
    private final Rates assumed;
    private final Money opening;

    /** @param closed months, one after the other, at least one */
    Projecting(List<RevenueMonth> closed, RevenueSettings told, Assumptions assumptions) {
        this.closed = closed;
        this.told = told;
        this.assumptions = assumptions;
        this.observed = closed.stream().filter(month -> month.opening().isPositive()).map(Rates::of).toList();
        this.mean = observed.isEmpty() ? new Rates(Map.of()) : Rates.mean(observed);
        this.assumed = mean.assumed(assumptions);
        this.opening = closed.getLast().closing();
    }

    Projection projection() {
        if (observed.isEmpty()) {
            return nothing(Standing.NOTHING_OBSERVED);
        }
        try {
            return told();
        } catch (ArithmeticException tooMuch) {
            return nothing(Standing.BEYOND_BOUNDS);
        }
    }

    private Projection told() {
        BigDecimal start = BigDecimal.valueOf(opening.minor());
        Bootstrap band = observed.size() < Projection.LEAST_FOR_BAND ? null
                : new Bootstrap(start, steps(month -> observed.stream().map(each -> step(each.shifted(mean, assumed), month)).toList()));
        List<ProjectedMonth> months = new ArrayList<>();
        Course reached = Course.from(start);
        for (int month = 0; month < Assumptions.MONTHS; month++) {
            Step step = step(assumed, month);
            Span span = band == null ? null : band.span(month, Course::closing);
            months.add(month(month, reached.closing(), step, span));
            reached = reached.after(step, MathContext.UNLIMITED);
        }
        Span net = band == null ? null : band.span(Assumptions.MONTHS - 1, Course::counted);
        return projection(
                band == null ? Standing.WITHOUT_BAND : Standing.BANDED, months, points(reached.counted()), net == null ? null : points(net.low()), net == null ? null : points(net.high()));
    }

    private static <T> List<T> steps(Function<Integer, T> ofMonth) {
        return IntStream.range(0, Assumptions.MONTHS).boxed().map(ofMonth).toList();
    }

    private Step step(Rates rates, int month) {
        PriceRise rise = assumptions.priceRise();
        return Step.of(rise != null && rise.month() == month + 1 ? rates.with(rise) : rates, told);
    }

    /** A flow is the difference that it makes to what is rounded, as in the ledger: so nothing is left over, and each level is rounded once. */
    private ProjectedMonth month(int number, BigDecimal opens, Step step, @Nullable Span span) {
        Money opened = Rounding.toMoney(opens, opening.currency());
        List<FlowSum> movements = new ArrayList<>();
        Money level = opened;
        for (Flow flow : Flow.values()) {
            Money next = Rounding.toMoney(opens.multiply(step.levels().get(flow)), opening.currency());
            movements.add(new FlowSum(flow, next.minus(level)));
            level = next;
        }
        ProjectedMonth.year(level);
        return new ProjectedMonth(
                closed.getLast().month().plusMonths(number + 1L), opened, movements, level, span == null ? null : amount(span.low()), span == null ? null : amount(span.high()));
    }

    private Money amount(BigDecimal minor) {
        Money amount = Rounding.toMoney(minor, opening.currency());
        ProjectedMonth.year(amount);
        return amount;
    }

    private @Nullable Long points(BigDecimal counted) {
        return opening.isZero() ? null : Long.valueOf(counted.multiply(POINTS).divide(BigDecimal.valueOf(opening.minor()), 0, RoundingMode.HALF_UP).longValueExact());
    }

    private Projection nothing(Standing why) {
        return projection(why, List.of(), null, null, null);
    }

    private Projection projection(Standing standing, List<ProjectedMonth> months, @Nullable Long net, @Nullable Long low, @Nullable Long high) {
        return new Projection(
                closed, observed.size(), standing, mean.shares(), assumed.shares(), assumptions, opening, months, net, low, high);
    }
}
