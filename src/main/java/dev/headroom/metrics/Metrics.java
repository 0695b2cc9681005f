package dev.headroom.metrics;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.metrics.Metric.Kind;
import dev.headroom.metrics.Metric.Part;
import dev.headroom.reporting.RateSet;
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
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** How fast and by what customers grow, in one currency or all of them in one; for whoever may see REVENUE. */
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
        return halves(actor, currency, kinds, from, until).stream().map(Halves::metric).toList();
    }

    /** The same of all currencies in one: each part is the exact sum of what it is in each, rounded once, and a figure is the quotient of its two parts. */
    public List<Metric> metrics(Actor actor, RateSet rates, Set<Kind> kinds, YearMonth from, YearMonth until) {
        List<List<Halves>> each = rates.currencies().stream().map(in -> halves(actor, in, kinds, from, until)).toList();
        return IntStream.range(0, each.getFirst().size()).mapToObj(at -> Halves.told(each.stream().map(of -> of.get(at)).toList(), rates).metric()).toList();
    }

    private List<Halves> halves(Actor actor, Currency currency, Set<Kind> kinds, YearMonth from, YearMonth until) {
        actor.requireEveryAccount(Permission.REVENUE);
        RevenueSettings counted = settings.current(actor);
        Sums sums = new Sums(currency, from, until, counted, revenues.months(actor, currency, from, until), revenues.loyal(actor, currency, from, until));
        return Stream.of(Kind.values()).filter(kind -> kinds.isEmpty() || kinds.contains(kind)).map(kind -> halves(actor, kind, sums)).toList();
    }

    private Halves halves(Actor actor, Kind kind, Sums sums) {
        Part expansion = sums.moved(sums.counted()::expands);
        return switch (kind) {
            case EXPANSION_RATE -> new Halves(kind, sums.loyal(sums.counted()::expands), sums.start());
            case SEAT_EXPANSION_RATE -> new Halves(kind, sums.loyal(each -> each == MovementKind.SEAT_EXPANSION), sums.start());
            case AVERAGE_EXPANSION -> new Halves(kind, expansion, Part.number(expansion.count()));
            case EXPANSION_SHARE -> new Halves(kind, expansion, sums.moved(each -> each == MovementKind.NEW || sums.counted().expands(each)));
            case USAGE_SHARE -> new Halves(kind, sums.moved(each -> each == MovementKind.USAGE_EXPANSION), expansion);
            case EXPANSION_VELOCITY -> new Halves(kind, expansion, Part.number(sums.length()));
            case QUICK_RATIO -> new Halves(kind, sums.moved(each -> each == MovementKind.NEW || sums.counted().expands(each)), sums.moved(Sums::loses));
            case QUICK_RATIO_OF_ALL -> new Halves(kind, sums.moved(each -> !Sums.loses(each)), sums.moved(Sums::loses));
            case LOGO_RETENTION -> new Halves(kind, sums.neverStopped(), sums.paidBefore());
            case TIME_TO_EXPANSION -> waited(kind, sums, revenues.waited(actor, sums.currency(), sums.from(), sums.until()));
            case SEVERAL_PRODUCTS -> new Halves(kind, sums.payForSeveral(revenues.several(actor, sums.currency(), sums.until())), sums.payAtTheEnd());
            case ATTACH_RATE -> attached(actor, kind, sums);
        };
    }

    private static Halves waited(Kind kind, Sums sums, List<Waited> waited) {
        return new Halves(
                kind, Part.number(waited.stream().filter(Waited::expanded).mapToLong(Waited::accounts).sum()), sums.began(waited.stream().mapToLong(Waited::accounts).sum()), waited);
    }

    /** Of what accounts have there is no history here: of a range that is over there is no such figure. */
    private Halves attached(Actor actor, Kind kind, Sums sums) {
        if (!sums.until().isAfter(YearMonth.from(clock.instant().atZone(sums.counted().zone())))) {
            return new Halves(kind, Part.number(0), null);
        }
        CatalogSnapshot known = catalog.snapshot();
        Attached found = subscriptions.attached(actor, sums.currency(), known.addOns().stream().flatMap(each -> known.versionsOf(each).stream()).map(each -> each.id()).toList());
        return new Halves(kind, Part.number(found.attached()), Part.number(found.accounts()));
    }
}
