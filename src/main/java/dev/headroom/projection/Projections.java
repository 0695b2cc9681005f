package dev.headroom.projection;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import dev.headroom.revenue.Revenues;
import dev.headroom.revenue.SettingsVersions;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import org.springframework.stereotype.Service;

/** What twelve months would come to under assumptions, in one currency at a time; for whoever may see REVENUE. */
@Service
public class Projections {

    private final Revenues revenues;
    private final SettingsVersions settings;
    private final InstantSource clock;

    Projections(Revenues revenues, SettingsVersions settings, InstantSource clock) {
        this.revenues = revenues;
        this.settings = settings;
        this.clock = clock;
    }

    /** From the last twelve closed months, which are read in one statement. */
    public Projection project(Actor actor, Currency currency, Assumptions assumptions) {
        actor.requireEveryAccount(Permission.REVENUE);
        RevenueSettings told = settings.current(actor);
        return new Projecting(closed(actor, currency, told), told, assumptions).projection();
    }

    /** The last twelve of them, one after the other, those too that only a past may still change; at most one month that is over is not closed for what is recorded. */
    private List<RevenueMonth> closed(Actor actor, Currency currency, RevenueSettings told) {
        YearMonth now = YearMonth.from(clock.instant().atZone(told.zone()));
        List<RevenueMonth> closed = revenues.months(actor, currency, now.minusMonths(Assumptions.MONTHS + 1L), now).stream().filter(month -> month.closed() || month.pastOpen()).toList();
        return closed.subList(closed.size() - Assumptions.MONTHS, closed.size());
    }
}
