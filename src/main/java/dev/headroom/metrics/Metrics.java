package dev.headroom.metrics;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.metrics.Metric.Kind;
import dev.headroom.metrics.Metric.Part;
import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.Revenues.Waited;
import dev.headroom.revenue.Revenues;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import dev.headroom.revenue.SettingsVersions;
import dev.headroom.subscription.Subscriptions.Attached;
import dev.headroom.subscription.Subscriptions;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** How fast and by what customers grow, in one currency at a time; for whoever may see REVENUE. */
@Service
public class Metrics {

    private final Revenues revenues;
    private final SettingsVersions settings;
    private final Subscriptions subscriptions;
    private final Catalog catalog;
    private final InstantSource clock;

    Metrics(Revenues revenues, SettingsVersions settings, Subscriptions subscriptions, Catalog catalog, InstantSource clock) {
        this.revenues = revenues;
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Figures of a range, in the order of their kinds; only what is asked for is reckoned.
     *
     * @param kinds empty is all
     * @param from  inclusive
     * @param until exclusive; at most 120 months later
     */
    public List<Metric> metrics(Actor actor, Currency currency, Set<Kind> kinds, YearMonth from, YearMonth until) {
        actor.requireEveryAccount(Permission.REVENUE);
        RevenueSettings counted = settings.current(actor);
        Sums sums = new Sums(currency, from, until, counted, revenues.months(actor, currency, from, until), revenues.loyal(actor, currency, from, until));
        return Stream.of(Kind.values()).filter(kind -> kinds.isEmpty() || kinds.contains(kind)).map(kind -> metric(actor, kind, sums)).toList();
    }

    private Metric metric(Actor actor, Kind kind, Sums sums) {
        Part expansion = sums.moved(sums.counted()::expands);
        return switch (kind) {
            case EXPANSION_RATE -> ofMoney(kind, sums.loyal(sums.counted()::expands), sums.start());
            case SEAT_EXPANSION_RATE -> ofMoney(kind, sums.loyal(each -> each == MovementKind.SEAT_EXPANSION), sums.start());
            case AVERAGE_EXPANSION -> new Metric(kind, quotient(minor(expansion), 1, expansion.count()), expansion, Part.number(expansion.count()));
            case EXPANSION_SHARE -> ofMoney(kind, expansion, sums.moved(each -> each == MovementKind.NEW || sums.counted().expands(each)));
            case USAGE_SHARE -> ofMoney(kind, sums.moved(each -> each == MovementKind.USAGE_EXPANSION), expansion);
            case EXPANSION_VELOCITY -> new Metric(kind, quotient(minor(expansion), 1, sums.length()), expansion, Part.number(sums.length()));
            case QUICK_RATIO -> quick(kind, sums.moved(each -> each == MovementKind.NEW || sums.counted().expands(each)), sums.moved(Sums::loses));
            case QUICK_RATIO_OF_ALL -> quick(kind, sums.moved(each -> !Sums.loses(each)), sums.moved(Sums::loses));
            case LOGO_RETENTION -> ofNumbers(kind, sums.neverStopped(), sums.paidBefore());
            case TIME_TO_EXPANSION -> waited(kind, sums, revenues.waited(actor, sums.currency(), sums.from(), sums.until()));
            case SEVERAL_PRODUCTS -> ofNumbers(kind, sums.payForSeveral(revenues.several(actor, sums.currency(), sums.until())), sums.payAtTheEnd());
            case ATTACH_RATE -> attached(actor, kind, sums);
        };
    }

    private static Metric waited(Kind kind, Sums sums, List<Waited> waited) {
        OptionalInt median = ProductLimit.median(waited);
        return new Metric(
                kind, median.isEmpty() ? null : Long.valueOf(median.getAsInt()), Part.number(waited.stream().filter(Waited::expanded).mapToLong(Waited::accounts).sum()),
                sums.began(waited.stream().mapToLong(Waited::accounts).sum()));
    }

    /** Of what accounts have there is no history here: of a range that is over there is no such figure. */
    private Metric attached(Actor actor, Kind kind, Sums sums) {
        if (!sums.until().isAfter(YearMonth.from(clock.instant().atZone(sums.counted().zone())))) {
            return new Metric(kind, null, Part.number(0), null);
        }
        CatalogSnapshot known = catalog.snapshot();
        Attached found = subscriptions.attached(actor, sums.currency(), known.addOns().stream().flatMap(each -> known.versionsOf(each).stream()).map(each -> each.id()).toList());
        return ofNumbers(kind, Part.number(found.attached()), Part.number(found.accounts()));
    }

    private static Metric ofMoney(Kind kind, Part part, Part whole) {
        return new Metric(kind, quotient(minor(part), 10_000, minor(whole)), part, whole);
    }

    private static Metric ofNumbers(Kind kind, Part part, Part whole) {
        return new Metric(kind, quotient(part.count(), 10_000, whole.count()), part, whole);
    }

    private static Metric quick(Kind kind, Part gained, Part lost) {
        return new Metric(kind, quotient(minor(gained), 100, Math.negateExact(minor(lost))), gained, lost);
    }

    private static long minor(Part of) {
        Money money = of.money();
        return money == null ? 0 : money.minor();
    }

    static @Nullable Long quotient(long part, long unit, long whole) {
        return whole == 0 ? null : Long.valueOf(Ratio.of(part, whole).times(Ratio.of(unit, 1)).decimal(0).longValueExact());
    }
}
