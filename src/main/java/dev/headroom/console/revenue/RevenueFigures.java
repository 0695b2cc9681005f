package dev.headroom.console.revenue;

import dev.headroom.actor.Actor;
import dev.headroom.console.QueryState;
import dev.headroom.reporting.RateSet;
import dev.headroom.reporting.ReportedRevenues;
import dev.headroom.reporting.ReportingRates;
import dev.headroom.reporting.ReportingRates.Complete;
import dev.headroom.reporting.ReportingRates.ReportingRatesMissing;
import dev.headroom.reporting.ReportingRates.Standing;
import dev.headroom.revenue.Cohorts;
import dev.headroom.revenue.Cohorts.Cohort;
import dev.headroom.revenue.Retention;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.Revenues;
import dev.headroom.revenue.Segments;
import dev.headroom.revenue.Segments.Dimension;
import dev.headroom.revenue.Segments.Segment;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The figures that a scope asks for: of one currency, or of all of them in one. */
@Service
class RevenueFigures {

    private final Revenues revenues;
    private final Cohorts cohorts;
    private final Segments segments;
    private final ReportingRates rates;
    private final ReportedRevenues reported;

    RevenueFigures(Revenues revenues, Cohorts cohorts, Segments segments, ReportingRates rates, ReportedRevenues reported) {
        this.revenues = revenues;
        this.cohorts = cohorts;
        this.segments = segments;
        this.rates = rates;
        this.reported = reported;
    }

    List<Currency> currencies(Actor actor) {
        return revenues.currencies(actor);
    }

    /** What stands in the month whose rates are asked for; absent where one currency is looked at alone. */
    Optional<Standing> standing(Actor actor, Scope scope) {
        return Optional.ofNullable(scope.rates()).map(month -> rates.standing(actor, scope.currency(), month));
    }

    /** Those that an address asks for; absent where it does not, or where one is missing. */
    Optional<RateSet> rates(Actor actor, QueryState state, YearMonth now) {
        return Scope.in(state).flatMap(in -> switch (rates.standing(actor, in, Scope.rates(state, now))) {
            case Complete(RateSet set) -> Optional.of(set);
            case ReportingRatesMissing _ -> Optional.empty();
        });
    }

    List<RevenueMonth> months(Actor actor, RatedScope asked, YearMonth from, YearMonth until) {
        return asked.told(() -> revenues.months(actor, asked.scope().currency(), from, until), set -> reported.months(actor, set, from, until));
    }

    /** Over so many months, of ranges that end with each month from the one on and before the other. */
    List<Retention> retention(Actor actor, RatedScope asked, int length, YearMonth from, YearMonth until) {
        Scope scope = asked.scope();
        return asked.told(
                () -> revenues.retention(actor, scope.currency(), scope.definition(), length, from, until),
                set -> reported.retention(actor, set, scope.definition(), length, from, until));
    }

    List<Cohort> cohorts(Actor actor, RatedScope asked) {
        Scope scope = asked.scope();
        return asked.told(
                () -> cohorts.cohorts(actor, scope.currency(), scope.definition(), scope.from(), scope.until(), scope.months() - 1),
                set -> reported.cohorts(actor, set, scope.definition(), scope.from(), scope.until(), scope.months() - 1));
    }

    List<Segment> segments(Actor actor, RatedScope asked, Dimension by) {
        Scope scope = asked.scope();
        return asked.told(
                () -> segments.segments(actor, scope.currency(), by, scope.from(), scope.until()), set -> reported.segments(actor, set, by, scope.from(), scope.until()));
    }
}
