package dev.headroom.history;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.csv.CsvLine;
import dev.headroom.money.Money;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.Retention;
import dev.headroom.revenue.RevenueHistories.Open;
import dev.headroom.revenue.RevenueHistories;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.Revenues.Unbooked;
import dev.headroom.revenue.Revenues;
import dev.headroom.revenue.SettingsVersions;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What files of history would do to the figures, or did, and what of them is not brought; for whoever may see REVENUE. */
@Service
public class HistoryReports {

    private static final int MOST_MONTHS = 120;
    private static final int YEAR = 12;
    private static final int PAGE = 1_000;

    private final HistoryReportRepository report;
    private final Revenues revenues;
    private final RevenueHistories pasts;
    private final SettingsVersions settings;
    private final InstantSource clock;

    HistoryReports(HistoryReportRepository report, Revenues revenues, RevenueHistories pasts, SettingsVersions settings, InstantSource clock) {
        this.report = report;
        this.revenues = revenues;
        this.pasts = pasts;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What a file does to a month.
     *
     * @param without   what is paid at its end without the file
     * @param movements that the file has in it
     * @param with      what is paid at its end with it
     */
    public record MonthWith(YearMonth month, Money without, List<KindSum> movements, Money with) {
        public MonthWith {
            movements = List.copyOf(movements);
        }
    }

    /**
     * What a file does in one currency.
     *
     * @param months  from the first that it moves to the one that runs; at most the last 120
     * @param without retention by movements of the last twelve whole months without the file
     * @param with    the same with it
     */
    public record CurrencyReport(Currency currency, List<MonthWith> months, Retention without, Retention with) {
        public CurrencyReport {
            months = List.copyOf(months);
        }
    }

    /** Each currency that it moves anything in. */
    public List<CurrencyReport> currencies(Actor actor, HistoryRun run) {
        actor.requireEveryAccount(Permission.REVENUE);
        boolean booked = run.broughtBy() != null;
        YearMonth now = YearMonth.from(clock.instant().atZone(settings.current(actor).zone()));
        return report.effects(run.id()).entrySet().stream().map(each -> currency(actor, each.getKey(), each.getValue(), booked, now)).toList();
    }

    private CurrencyReport currency(Actor actor, Currency currency, List<Unbooked> effects, boolean booked, YearMonth now) {
        List<Unbooked> beside = effects.stream().map(each -> booked
                ? new Unbooked(each.month(), each.since(), each.cohort(), each.kind(), -each.amountMinor(), -each.movements()) : each).toList();
        Retention is = revenues.imagine(actor, currency, now.minusMonths(YEAR), now, List.of());
        Retention would = revenues.imagine(actor, currency, now.minusMonths(YEAR), now, beside);
        return new CurrencyReport(currency, months(actor, currency, effects, booked, now), booked ? would : is, booked ? is : would);
    }

    private List<MonthWith> months(Actor actor, Currency currency, List<Unbooked> effects, boolean booked, YearMonth now) {
        YearMonth earliest = now.minusMonths(MOST_MONTHS - 1L);
        YearMonth first = effects.getFirst().month().isBefore(earliest) ? earliest : effects.getFirst().month();
        Money moved = sum(currency, effects.stream().filter(each -> each.month().isBefore(first)).toList());
        List<MonthWith> months = new ArrayList<>();
        for (RevenueMonth month : revenues.months(actor, currency, first, now.plusMonths(1))) {
            List<Unbooked> in = effects.stream().filter(each -> each.month().equals(month.month())).toList();
            moved = moved.plus(sum(currency, in));
            months.add(new MonthWith(
                    month.month(), booked ? month.closing().minus(moved) : month.closing(), kinds(currency, in), booked ? month.closing() : month.closing().plus(moved)));
        }
        return months;
    }

    private static Money sum(Currency currency, Collection<Unbooked> effects) {
        return new Money(effects.stream().mapToLong(Unbooked::amountMinor).reduce(0, Math::addExact), currency);
    }

    private static List<KindSum> kinds(Currency currency, Collection<Unbooked> effects) {
        Map<MovementKind, KindSum> kinds = new EnumMap<>(MovementKind.class);
        effects.forEach(each -> kinds.merge(each.kind(), new KindSum(each.kind(), new Money(each.amountMinor(), currency), each.movements()),
                (one, other) -> new KindSum(one.kind(), one.amount().plus(other.amount()), one.movements() + other.movements())));
        return List.copyOf(kinds.values());
    }

    /** How far the past of a currency is open. */
    public Open open(Actor actor, Currency currency) {
        actor.requireEveryAccount(Permission.REVENUE);
        return pasts.open(currency);
    }

    /**
     * What of a file is not brought, in the order of its lines.
     *
     * @param after the last one of the page before
     */
    public List<HistoryMistake> mistakes(Actor actor, HistoryRun run, @Nullable HistoryMistake after, int size) {
        actor.requireEveryAccount(Permission.REVENUE);
        return report.page(run.id(), after, size);
    }

    /** The same as lines of comma-separated values, all of them; what stood in the file is no formula in them. */
    public void write(Actor actor, HistoryRun run, Consumer<String> out) {
        List<HistoryMistake> page = mistakes(actor, run, null, PAGE);
        out.accept(CsvLine.of("line", "column", "account", "problem", "value", "expected"));
        while (!page.isEmpty()) {
            page.forEach(each -> out.accept(CsvLine.of(each.line(), each.column(), each.account(), each.problem(), each.value(), each.expected())));
            page = mistakes(actor, run, page.getLast(), PAGE);
        }
    }
}
