package dev.headroom.console.overview;

import dev.headroom.actor.Actor;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.Revenues;
import dev.headroom.revenue.SettingsVersions;
import dev.headroom.subscription.Subscriptions;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Service;

/** Recurring revenue as the ledger has it. */
@Service
class Standings {

    private final Revenues revenues;
    private final SettingsVersions settings;
    private final Subscriptions subscriptions;
    private final InstantSource clock;

    Standings(Revenues revenues, SettingsVersions settings, Subscriptions subscriptions, InstantSource clock) {
        this.revenues = revenues;
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** In the month that runs in the vendor's zone; for whoever may see REVENUE. */
    Standing withRevenue(Actor actor) {
        ZoneId zone = settings.current(actor).zone();
        YearMonth month = YearMonth.from(clock.instant().atZone(zone));
        List<RevenueMonth> months = revenues.currencies(actor).stream()
                .flatMap(currency -> revenues.months(actor, currency, month, month.plusMonths(1)).stream())
                .filter(each -> !each.opening().isZero() || !each.movements().isEmpty())
                .sorted(Comparator.comparing(each -> each.opening().currency().getCurrencyCode()))
                .toList();
        return new Standing(month.atDay(1).atStartOfDay(zone).toInstant(), months, subscriptions.running(actor));
    }

    /** For everybody else. */
    Standing withoutRevenue(Actor actor) {
        return new Standing(clock.instant(), List.of(), subscriptions.running(actor));
    }
}
