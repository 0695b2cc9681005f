package dev.headroom.projection;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.reporting.RateSet;
import dev.headroom.reporting.ReportedRevenues;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import dev.headroom.revenue.Revenues;
import dev.headroom.revenue.SettingsVersions;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.stereotype.Service;

/** What twelve months would come to under assumptions, in one currency or all of them in one; for whoever may see REVENUE. */
@Service
public class Projections {

    private final Revenues revenues;
    private final ReportedRevenues reported;
    private final SettingsVersions settings;
    private final InstantSource clock;

    Projections(Revenues revenues, ReportedRevenues reported, SettingsVersions settings, InstantSource clock) {
        this.revenues = revenues;
        this.reported = reported;
        this.settings = settings;
        this.clock = clock;
    }

    /** From the last twelve closed months, which are read in one statement. */
    public Projection project(Actor actor, Currency currency, Assumptions assumptions) {
        return project(actor, (from, until) -> revenues.months(actor, currency, from, until), assumptions);
    }

    /** The same of all currencies: their months are told in one first, by the rates of one month, and what is to come follows from these. */
    public Projection project(Actor actor, RateSet rates, Assumptions assumptions) {
        return project(actor, (from, until) -> reported.months(actor, rates, from, until), assumptions);
    }

    private Projection project(Actor actor, BiFunction<YearMonth, YearMonth, List<RevenueMonth>> months, Assumptions assumptions) {
        actor.requireEveryAccount(Permission.REVENUE);
        RevenueSettings told = settings.current(actor);
        return new Projecting(closed(months, told), told, assumptions).projection();
    }

    /** The last twelve of them, one after the other, those too that only a past may still change; at most one month that is over is not closed for what is recorded. */
    private List<RevenueMonth> closed(BiFunction<YearMonth, YearMonth, List<RevenueMonth>> months, RevenueSettings told) {
        YearMonth now = YearMonth.from(clock.instant().atZone(told.zone()));
        List<RevenueMonth> closed = months.apply(now.minusMonths(Assumptions.MONTHS + 1L), now).stream().filter(month -> month.closed() || month.pastOpen()).toList();
        return closed.subList(closed.size() - Assumptions.MONTHS, closed.size());
    }
}
