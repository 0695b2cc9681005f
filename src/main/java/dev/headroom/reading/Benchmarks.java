package dev.headroom.reading;

import static java.util.stream.Collectors.toMap;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PriceId;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.entitlement.Meter;
import dev.headroom.reading.BenchmarkResult.NotEnoughPeers;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.usage.UsageHistories;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * How an account compares with others of its size: those on the same plan and, where it is sold by the seat, in the same band of seats. What
 * is compared is what was used in the last 28 days, which is fair between accounts whose periods begin on different days; of what is held,
 * what is held now.
 */
@Service
public class Benchmarks {

    private static final Actor.System SELF = new Actor.System("reading");
    private static final Duration COMPARED = Duration.ofDays(28);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    /** Quartiles of more are no better, and each costs up to a month of hours a feature. */
    private static final int MOST_PEERS = 250;
    private static final long[] SEAT_BANDS = {1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000};

    private final Entitlements entitlements;
    private final Subscriptions subscriptions;
    private final Seats seats;
    private final UsageHistories histories;
    private final Catalog catalog;
    private final InstantSource clock;
    private final LoadingCache<Size, Peers> remembered = Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(1_000).build(this::load);

    Benchmarks(
            Entitlements entitlements, Subscriptions subscriptions, Seats seats, UsageHistories histories, Catalog catalog, InstantSource clock) {
        this.entitlements = entitlements;
        this.subscriptions = subscriptions;
        this.seats = seats;
        this.histories = histories;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * What makes accounts alike.
     *
     * @param from  how many were bought, inclusive
     * @param until exclusive
     */
    private record Size(Plan plan, boolean flat, long from, long until) {

        static Size of(AccountSubscription subscription, PlanVersion version) {
            if (version.soldFlat(subscription.planItem().price())) {
                return new Size(version.plan(), true, 1, Long.MAX_VALUE);
            }
            long bought = subscription.planItem().quantity();
            int band = 0;
            while (band + 1 < SEAT_BANDS.length && SEAT_BANDS[band + 1] <= bought) {
                band++;
            }
            return new Size(version.plan(), false, SEAT_BANDS[band], band + 1 < SEAT_BANDS.length ? SEAT_BANDS[band + 1] : Long.MAX_VALUE);
        }
    }

    /** @param used by feature; who is not there used nothing */
    private record Peers(Map<AccountId, SubscriptionId> accounts, Map<FeatureId, Map<AccountId, Long>> used) {

        long used(FeatureId feature, AccountId account) {
            return used.getOrDefault(feature, Map.of()).getOrDefault(account, 0L);
        }
    }

    /** Where meters of accounts stand among their peers, which are read at most once a minute; whoever is not among them is read with the others. */
    public Map<Meter, BenchmarkResult> of(Actor actor, Collection<Meter> meters) {
        meters.forEach(meter -> actor.require(Permission.READ, meter.account().value()));
        Map<Size, Map<Meter, SubscriptionId>> alike = new HashMap<>();
        Map<Meter, BenchmarkResult> results = new HashMap<>();
        for (Meter meter : meters) {
            own(actor, meter).ifPresentOrElse(
                    subscription -> alike.computeIfAbsent(Size.of(subscription, subscription.planVersion(catalog.snapshot())), _ -> new HashMap<>())
                            .put(meter, subscription.id()),
                    () -> results.put(meter, new NotEnoughPeers(Comparison.FEWEST_PEERS)));
        }
        alike.forEach((size, own) -> results.putAll(compared(own, remembered.get(size))));
        return results;
    }

    private Optional<AccountSubscription> own(Actor actor, Meter meter) {
        return entitlements.subscriptions(actor, meter.account()).stream().filter(each -> each.product().equals(meter.feature().product())).findFirst();
    }

    private Map<Meter, BenchmarkResult> compared(Map<Meter, SubscriptionId> own, Peers peers) {
        Map<AccountId, SubscriptionId> unread = new HashMap<>();
        own.forEach((meter, subscription) -> {
            if (peers.accounts().size() >= Comparison.FEWEST_PEERS && !peers.accounts().containsKey(meter.account())) {
                unread.put(meter.account(), subscription);
            }
        });
        Peers besides = unread.isEmpty() ? peers : read(unread, own.keySet().stream().map(Meter::feature).distinct().toList());
        return own.keySet().stream().collect(toMap(meter -> meter, meter -> compared(meter, peers, unread.containsKey(meter.account()) ? besides : peers)));
    }

    private static BenchmarkResult compared(Meter meter, Peers peers, Peers own) {
        FeatureId feature = meter.feature().id();
        List<Long> others = peers.accounts().keySet().stream()
                .filter(account -> !account.equals(meter.account()))
                .map(account -> peers.used(feature, account))
                .toList();
        return others.size() < Comparison.FEWEST_PEERS ? new NotEnoughPeers(Comparison.FEWEST_PEERS) : Comparison.of(own.used(feature, meter.account()), others);
    }

    private Peers load(Size size) {
        CatalogSnapshot known = catalog.snapshot();
        List<PriceId> prices = known.versionsOf(size.plan()).stream()
                .flatMap(version -> version.prices().stream().filter(price -> version.soldFlat(price.id()) == size.flat()))
                .map(PlanVersion.PlanPrice::id)
                .toList();
        return read(subscriptions.sample(SELF, prices, size.from(), size.until(), MOST_PEERS), known.featuresOf(size.plan().product()));
    }

    private Peers read(Map<AccountId, SubscriptionId> accounts, Collection<Feature> features) {
        Instant since = clock.instant().minus(COMPARED);
        List<Feature> counted = features.stream().filter(feature -> feature.meter() != null).toList();
        Map<FeatureId, Map<AccountId, Long>> used = new HashMap<>(histories.totals(SELF, accounts.keySet(), counted, since));
        features.stream().filter(Feature::seats).findFirst().ifPresent(feature -> used.put(feature.id(), seatsHeld(accounts)));
        return new Peers(accounts, used);
    }

    private Map<AccountId, Long> seatsHeld(Map<AccountId, SubscriptionId> accounts) {
        Map<SubscriptionId, Long> held = seats.held(SELF, accounts.keySet());
        Map<AccountId, Long> byAccount = new HashMap<>();
        accounts.forEach((account, subscription) -> byAccount.put(account, held.getOrDefault(subscription, 0L)));
        return byAccount;
    }
}
