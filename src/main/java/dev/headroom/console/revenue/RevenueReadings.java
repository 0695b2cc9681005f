package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.QueryState;
import dev.headroom.reporting.RateSet;
import dev.headroom.reporting.ReportingRates.Standing;
import dev.headroom.revenue.Retention;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.Revenues;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import dev.headroom.revenue.SettingsVersions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Asks the ledger for what the pages of revenue show; for whoever may see REVENUE. */
@Service
class RevenueReadings {

    private final RevenueFigures figures;
    private final SettingsVersions settings;
    private final Catalog catalog;
    private final InstantSource clock;

    RevenueReadings(RevenueFigures figures, SettingsVersions settings, Catalog catalog, InstantSource clock) {
        this.figures = figures;
        this.settings = settings;
        this.catalog = catalog;
        this.clock = clock;
    }

    RevenueSettings settings(Actor actor) {
        return settings.current(actor);
    }

    Instant now() {
        return clock.instant();
    }

    YearMonth month(Actor actor) {
        return YearMonth.from(clock.instant().atZone(settings.current(actor).zone()));
    }

    List<Currency> currencies(Actor actor) {
        return figures.currencies(actor);
    }

    /** Absent as long as nothing was ever paid. */
    Optional<Scope> scope(Actor actor, QueryState state, List<Currency> currencies) {
        return currencies.isEmpty() ? Optional.empty() : Optional.of(Scope.of(state, currencies, month(actor)));
    }

    /** What stands in the month whose rates are asked for; absent where one currency is looked at alone. */
    Optional<Standing> standing(Actor actor, Scope scope) {
        return figures.standing(actor, scope);
    }

    /** The rates that an address asks for; absent where it does not, or where one is missing. */
    Optional<RateSet> rates(Actor actor, QueryState state) {
        return figures.rates(actor, state, month(actor));
    }

    RevenueReading of(Actor actor, RatedScope asked) {
        Scope scope = asked.scope();
        RatedScope before = asked.before();
        RevenueSettings told = settings.current(actor);
        List<RevenueMonth> months = figures.months(actor, asked, before.scope().from(), scope.until());
        return new RevenueReading(
                scope, told, months.subList(scope.months(), months.size()), months.subList(0, scope.months()), retention(actor, asked), retention(actor, before),
                retention(actor, asked.by(Definition.ACCOUNTS)), retention(actor, before.by(Definition.ACCOUNTS)),
                figures.retention(actor, asked, Scope.YEAR, scope.from(), scope.until()), happenings(scope, told.zone()), asked.rates());
    }

    private Retention retention(Actor actor, RatedScope asked) {
        Scope scope = asked.scope();
        return figures.retention(actor, asked, scope.months(), scope.last(), scope.until()).getFirst();
    }

    private List<Happening> happenings(Scope scope, ZoneId zone) {
        CatalogSnapshot known = catalog.snapshot();
        Stream<Happening> versions = Stream.concat(known.plans().stream(), known.addOns().stream())
                .filter(plan -> plan.own() == null)
                .flatMap(plan -> known.versionsOf(plan).stream())
                .filter(version -> version.publishedAt() != null)
                .map(version -> published(version, zone));
        Stream<Happening> offers = known.offers().stream()
                .filter(offer -> offer.account() == null && !offer.window().from().isAfter(clock.instant()))
                .map(offer -> began(offer, zone));
        return Stream.concat(versions, offers)
                .filter(each -> !each.month().isBefore(scope.from()) && each.month().isBefore(scope.until()))
                .sorted(Comparator.comparing(Happening::at).reversed())
                .toList();
    }

    private static Happening published(PlanVersion version, ZoneId zone) {
        Instant at = Objects.requireNonNull(version.publishedAt());
        Plan plan = version.plan();
        String page = plan.kind() == Plan.Kind.ADD_ON ? "add-ons/" : "plans/";
        return new Happening(at, YearMonth.from(at.atZone(zone)), translate("revenue.published", plan.name(), version.number()), page + plan.key());
    }

    private static Happening began(Offer offer, ZoneId zone) {
        Instant at = offer.window().from();
        return new Happening(at, YearMonth.from(at.atZone(zone)), translate("revenue.offered", offer.name()), "offers");
    }
}
