package dev.headroom.usage;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;
import dev.headroom.usage.AcceptedEvent.Share;
import dev.headroom.usage.ConsumptionOutcome.Denied;
import dev.headroom.usage.SeenRepository.Seen;
import dev.headroom.usage.SeenRepository.Sight;
import dev.headroom.usage.Tally.Grain;
import dev.headroom.usage.Tally.Key;
import dev.headroom.usage.UsageCounted.Total;
import dev.headroom.usage.UsageCounted.UsageDenied;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Keeps running totals: what was stored is added to each that it counts towards, in the transaction that stored it. */
@Service
class Counters {

    private static final Comparator<Sight> ORDER = Comparator.comparing(Sight::account)
            .thenComparing(Sight::feature)
            .thenComparing(Sight::from)
            .thenComparing(Sight::value);

    private final CounterRepository counters;
    private final SeenRepository seen;
    private final Catalog catalog;
    private final ApplicationEventPublisher publisher;

    Counters(CounterRepository counters, SeenRepository seen, Catalog catalog, ApplicationEventPublisher publisher) {
        this.counters = counters;
        this.seen = seen;
        this.catalog = catalog;
        this.publisher = publisher;
    }

    /** Adds to the totals, of which nothing is locked yet. Values are seen and days looked back on only by who has the windows. */
    void count(List<AcceptedEvent> events, Instant now) {
        if (events.stream().flatMap(event -> event.shares().stream()).anyMatch(share -> unique(share) || rolls(share.feature()))) {
            lock(wholes(events));
        }
        countLocked(events, now);
    }

    /** Adds to the totals whose windows are locked, and tells of it while they are still held. */
    void countLocked(List<AcceptedEvent> events, Instant now) {
        Set<AccountId> accounts = events.stream().map(event -> event.account().id()).collect(toSet());
        List<Feature> rolling = events.stream().flatMap(event -> event.shares().stream()).map(Share::feature).filter(Counters::rolls).distinct().toList();
        Map<Key, Total> before = rolled(accounts, rolling, now);
        List<Total> totals = new ArrayList<>(add(Books.KEPT, events).stream().filter(total -> !rolls(feature(total.counter().feature()))).toList());
        Map<Key, Total> after = rolled(accounts, rolling, now);
        after.keySet().retainAll(wholes(events));
        after.forEach((key, total) -> totals.add(
                new Total(total.counter(), Optional.ofNullable(before.get(key)).map(was -> was.counter().used()).orElse(0L), total.told(), total.toldOf())));
        publisher.publishEvent(new UsageCounted(Set.of(), totals));
    }

    /**
     * Tells of totals that were written anew, while they are held.
     *
     * @param before what was used, of those that changed
     */
    void rewritten(AccountId account, Map<Key, Long> before, Instant now) {
        List<Feature> rolling = catalog.snapshot().features().stream().filter(Counters::rolls).toList();
        List<Total> totals = counters.totals(List.of(account), rolling, now).stream()
                .filter(total -> before.containsKey(Key.whole(total.counter())))
                .map(total -> new Total(total.counter(), before.get(Key.whole(total.counter())), total.told(), total.toldOf()))
                .toList();
        publisher.publishEvent(new UsageCounted(Set.of(account), totals));
    }

    /** Tells of what did not fit, while the counters are held by which that was decided. */
    void denied(List<Denied> denials) {
        publisher.publishEvent(new UsageDenied(denials));
    }

    /** The same into other books, of which nobody is told. */
    List<Total> add(Books books, List<AcceptedEvent> events) {
        List<Tally> tallies = new ArrayList<>(Tallies.of(events));
        tallies.addAll(unique(books, events));
        Map<Aggregation, List<Tally>> kinds = tallies.stream().collect(groupingBy(
                Tally::aggregation, () -> new EnumMap<>(Aggregation.class),
                collectingAndThen(toList(), list -> list.stream().sorted(Comparator.comparing(Tally::key, Key.ORDER)).toList())));
        List<Total> totals = new ArrayList<>();
        kinds.forEach((kind, sorted) -> totals.addAll(counters.raise(books, kind, sorted)));
        return totals;
    }

    /** The totals that events would be added to, of whole windows. */
    static Set<Key> wholes(Collection<AcceptedEvent> events) {
        return events.stream().flatMap(event -> event.shares().stream().map(share -> Key.whole(event, share))).collect(toSet());
    }

    /**
     * Totals of whole windows, which nobody else changes until the transaction ends. Whoever locks them does so here, before anything else
     * that counts and in the order in which kinds of totals are raised, so that no two wait for each other.
     */
    List<UsageCounter> lock(Collection<Key> wholes) {
        return counters.lock(wholes.stream()
                .sorted(Comparator.<Key, Aggregation>comparing(key -> aggregation(feature(new FeatureId(key.feature())))).thenComparing(Key.ORDER))
                .toList());
    }

    /** The totals of whole windows that an account has of some features. */
    List<UsageCounter> wholes(AccountId account, Collection<FeatureId> features) {
        return counters.wholes(account, features);
    }

    /** Of windows that roll, what was used in the days up to now. */
    Map<Key, Total> rolled(Collection<AccountId> accounts, List<Feature> features, Instant now) {
        Set<FeatureId> wanted = features.stream().map(Feature::id).collect(toSet());
        return wanted.isEmpty() ? new HashMap<>() : counters.totals(accounts, features, now).stream()
                .filter(total -> wanted.contains(total.counter().feature()))
                .collect(toMap(total -> Key.whole(total.counter()), total -> total));
    }

    private Feature feature(FeatureId id) {
        return catalog.snapshot().feature(id);
    }

    private static boolean unique(Share share) {
        return aggregation(share.feature()) == Aggregation.UNIQUE;
    }

    private static Aggregation aggregation(Feature feature) {
        return Objects.requireNonNull(feature.meter()).aggregation();
    }

    static boolean rolls(Feature feature) {
        return feature.rollingDays() != null;
    }

    /** A value counts once a window, in the hour in which it was first used, whatever order its events come in. */
    private List<Tally> unique(Books books, List<AcceptedEvent> events) {
        Map<List<Object>, Sight> sights = new HashMap<>();
        Map<List<Object>, Source> sources = new HashMap<>();
        for (AcceptedEvent event : events) {
            for (Share share : event.shares()) {
                if (unique(share)) {
                    Sight sight = new Sight(
                            event.account().id().value(), share.feature().id().value(), share.window().from(), share.value(), event.at(), event.at());
                    sights.merge(List.of(sight.account(), sight.feature(), sight.from(), sight.value()), sight, Counters::both);
                    sources.put(List.of(sight.account(), sight.feature(), sight.from()), new Source(event, share.window()));
                }
            }
        }
        if (sights.isEmpty()) {
            return List.of();
        }
        Map<Key, Tally> tallies = new HashMap<>();
        seen.see(books, sights.values().stream().sorted(ORDER).toList()).forEach(each ->
                tally(each, Objects.requireNonNull(sources.get(List.of(each.account(), each.feature(), each.from()))))
                        .forEach(tally -> tallies.merge(tally.key(), tally, Tally::and)));
        return List.copyOf(tallies.values());
    }

    private record Source(AcceptedEvent event, Period window) {}

    private static Sight both(Sight one, Sight other) {
        return new Sight(
                one.account(), one.feature(), one.from(), one.value(), one.firstAt().isBefore(other.firstAt()) ? one.firstAt() : other.firstAt(),
                one.lastAt().isAfter(other.lastAt()) ? one.lastAt() : other.lastAt());
    }

    private static Collection<Tally> tally(Seen seen, Source source) {
        List<Tally> tallies = new ArrayList<>();
        if (seen.isNew()) {
            tallies.add(tally(seen, Grain.PERIOD, source.window(), 1, seen.after()));
            tallies.add(hour(seen, source, seen.after(), 1));
        } else if (seen.after().isBefore(Objects.requireNonNull(seen.before()))) {
            tallies.add(hour(seen, source, seen.before(), -1));
            tallies.add(hour(seen, source, seen.after(), 1));
        }
        return tallies;
    }

    private static Tally hour(Seen seen, Source source, Instant at, long amount) {
        return tally(seen, Grain.HOUR, Tallies.hour(at, source.event().account().zone()), amount, at);
    }

    private static Tally tally(Seen seen, Grain grain, Period window, long amount, Instant at) {
        return new Tally(new Key(seen.account(), seen.feature(), grain, "", window), Aggregation.UNIQUE, amount, at);
    }
}
