package dev.headroom.usage;

import static java.util.stream.Collectors.toSet;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.ProductId;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import dev.headroom.usage.ReplayRepository.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Counts the events of an account again, as they were counted when they came, into books of their own. */
@Service
class Replays {

    private static final Actor.System SELF = new Actor.System("usage");

    private final ReplayRepository replay;
    private final Counters counters;
    private final Accounts accounts;
    private final Catalog catalog;
    private final BillingPeriods periods;
    private final InstantSource clock;
    private final JsonMapper json;

    Replays(
            ReplayRepository replay, Counters counters, Accounts accounts, Catalog catalog, BillingPeriods periods, InstantSource clock, JsonMapper json) {
        this.replay = replay;
        this.counters = counters;
        this.accounts = accounts;
        this.catalog = catalog;
        this.periods = periods;
        this.clock = clock;
        this.json = json;
    }

    /** What is counted by events. */
    List<Feature> counted() {
        return catalog.snapshot().features().stream().filter(feature -> feature.meter() != null).toList();
    }

    /**
     * Writes {@link Books#REPLAYED}, which must be open, from every event that some features count.
     *
     * @return how many events there were
     */
    long replay(AccountId id, Set<FeatureId> features) {
        Account account = accounts.byId(SELF, id);
        CatalogSnapshot known = catalog.snapshot();
        Meters meters = new Meters(known, Map.of(), clock.instant(), Duration.ZERO, json);
        Map<ProductId, Map<Instant, Period>> billed = billed(account, known);
        List<FeatureId> fed = counted().stream()
                .filter(meter -> known.countingEventsOf(meter).stream().map(Feature::id).anyMatch(features::contains))
                .map(Feature::id)
                .toList();
        long events = replay.events(id, fed, some -> counters.add(Books.REPLAYED, some.stream().map(event -> accepted(event, account, meters, billed)).toList()));
        replay.analyze();
        return events;
    }

    private AcceptedEvent accepted(StoredEvent stored, Account account, Meters meters, Map<ProductId, Map<Instant, Period>> billed) {
        Feature meter = meters.catalog().feature(stored.meter());
        Period period = billed.computeIfAbsent(meter.product(), _ -> new HashMap<>())
                .computeIfAbsent(stored.period(), from -> period(account, meter, from));
        UsageEvent event = new UsageEvent(stored.id(), account.key(), meter.key(), stored.quantity(), stored.at(), stored.properties());
        return new AcceptedEvent(
                stored.id(), account, meter, stored.quantity(), stored.at(), stored.properties(), period, 0, meters.shares(event, account, meter, stored.at(), period));
    }

    /** Where billing periods ended, as far as a counter says it: an event knows only where its period began. */
    private Map<ProductId, Map<Instant, Period>> billed(Account account, CatalogSnapshot known) {
        Set<FeatureId> features = counted().stream().filter(feature -> feature.reset() == Reset.BILLING_PERIOD).map(Feature::id).collect(toSet());
        Map<ProductId, Map<Instant, Period>> billed = new HashMap<>();
        replay.windows(account.id(), features).forEach((feature, windows) -> windows.forEach(
                window -> billed.computeIfAbsent(known.feature(feature).product(), _ -> new HashMap<>()).put(window.from(), window)));
        return billed;
    }

    /** Of a period whose counters are all lost: as long as the subscription's are, or a calendar month. */
    private Period period(Account account, Feature meter, Instant from) {
        return periods.of(List.of(account.id())).getOrDefault(account.id(), List.of()).stream()
                .filter(subscription -> subscription.product().equals(meter.product()))
                .map(subscription -> subscription.periodThatHeld(from).orElseGet(() -> subscription.periodHolding(from)))
                .filter(period -> period.from().equals(from))
                .findFirst()
                .orElseGet(() -> new Period(from, Reset.calendarMonth(from, account.zone()).until()));
    }
}
