package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.ProductId;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.quote.FittingPlanResult.NoPlanFits;
import dev.headroom.reading.Readings;
import dev.headroom.subscription.AccountSubscription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Finds the cheapest plan that holds what is expected to be used: the plan the account has, or one on sale with a price for its interval
 * and currency. A plan holds it when no hard limit blocks any of its meters when their windows end and no gate that is open closes; what
 * goes beyond an included amount at a price is added to what the plan costs. Of equally dear ones the account's own wins, then the highest.
 */
@Service
class FittingPlans {

    private static final Comparator<Fit> CHEAPEST = Comparator.comparing(Fit::total)
            .thenComparing(Fit::current, Comparator.reverseOrder())
            .thenComparing(fit -> fit.target().version().plan().rank(), Comparator.reverseOrder());

    private final Entitlements entitlements;
    private final Readings readings;
    private final Catalog catalog;
    private final Bundles bundles;
    private final InstantSource clock;

    FittingPlans(Entitlements entitlements, Readings readings, Catalog catalog, Bundles bundles, InstantSource clock) {
        this.entitlements = entitlements;
        this.readings = readings;
        this.catalog = catalog;
        this.bundles = bundles;
        this.clock = clock;
    }

    /**
     * For one of the account's subscriptions; empty when it has none that grants anything.
     *
     * @param product key of the product; absent means that of the oldest subscription
     */
    public Optional<FittingPlanResult> find(Actor actor, AccountId account, @Nullable String product) {
        actor.require(Permission.READ, account.value());
        CatalogSnapshot known = catalog.snapshot();
        Optional<ProductId> wanted = Optional.ofNullable(product).map(key -> known.requireProduct("product", key).id());
        return entitlements.subscriptions(actor, account).stream()
                .filter(subscription -> wanted.isEmpty() || subscription.product().equals(wanted.get()))
                .findFirst()
                .filter(subscription -> subscription.state().grants())
                .map(subscription -> find(actor, subscription, known));
    }

    private FittingPlanResult find(Actor actor, AccountSubscription subscription, CatalogSnapshot known) {
        Instant at = clock.instant();
        List<String> features = known.featuresOf(subscription.product()).stream().map(Feature::key).toList();
        List<Entitlement> today = entitlements.check(actor, subscription.account(), features, 0);
        Demand demand = new Demand(today, List.copyOf(readings.expected(actor, Entitlements.metersOf(today)).values()));
        List<Fit> fits = targets(subscription, known, demand.held()).map(target -> Fit.of(target, subscription, demand, at)).toList();
        return fits.stream()
                .filter(Fit::fits)
                .min(CHEAPEST)
                .<FittingPlanResult>map(best -> best.because(reason(best, fits.getFirst())))
                .orElseGet(() -> new NoPlanFits(misfit(fits.stream().max(Comparator.comparingInt(fit -> fit.target().version().plan().rank())).orElseThrow())));
    }

    /** The account's own plan first, then what it could move to. */
    private Stream<Target> targets(AccountSubscription subscription, CatalogSnapshot known, long held) {
        Target now = Target.of(subscription, known, bundles.all());
        PlanVersion own = now.version();
        UUID account = subscription.account().value();
        Currency currency = subscription.balance().currency();
        Targets targets = new Targets(account, now, currency, known, List.of(), held, UnaryOperator.identity());
        Target stay = targets.moved(own, now.plan().price());
        Stream<Target> move = known.listed(subscription.product(), Plan.Kind.TIER, account, currency).stream()
                .filter(version -> !version.plan().equals(own.plan()))
                .flatMap(version -> known.shown(version, subscription.interval(), currency, account).stream()
                        .map(price -> targets.moved(version, price)));
        return Stream.concat(Stream.of(stay), move);
    }

    private static String reason(Fit best, Fit own) {
        if (best.current()) {
            return "Everything that is expected fits into " + best.name() + (best.overage().isZero() ? "" : ", with overage for " + best.overage());
        }
        return own.fits()
                ? best.name() + " costs " + best.total() + ", " + own.name() + (own.overage().isZero() ? " " : " with overage ") + own.total()
                : misfit(own) + "; " + best.name() + " is the cheapest plan that holds it";
    }

    private static String misfit(Fit fit) {
        return fit.name() + ": " + String.join("; ", fit.misfits());
    }
}
