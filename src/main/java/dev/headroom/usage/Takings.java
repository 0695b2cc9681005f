package dev.headroom.usage;

import static java.util.stream.Collectors.toSet;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.limits.Decision;
import dev.headroom.limits.Demand;
import dev.headroom.limits.EffectiveLimit;
import dev.headroom.usage.AcceptedEvent.Identity;
import dev.headroom.usage.AcceptedEvent.Share;
import dev.headroom.usage.ConsumptionOutcome.Denied;
import dev.headroom.usage.ConsumptionOutcome.Refused;
import dev.headroom.usage.ConsumptionOutcome.Taken;
import dev.headroom.usage.ConsumptionOutcome.TermsChanged;
import dev.headroom.usage.CounterRepository.Hold;
import dev.headroom.usage.TermsVersions.InForce;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * Takes what fits. First the ids, then the counters: everybody who counts takes them in this order, so that nobody waits for each other.
 * Whoever has the counters decides alone, with the totals and the version of the terms that are in force then.
 */
@Service
class Takings {

    private final EventRepository events;
    private final Counters counters;
    private final Holds holds;
    private final TermsVersions terms;
    private final Partitions partitions;
    private final Transactions transactions;
    private final InstantSource clock;

    Takings(
            EventRepository events, Counters counters, Holds holds, TermsVersions terms, Partitions partitions, Transactions transactions,
            InstantSource clock) {
        this.events = events;
        this.counters = counters;
        this.holds = holds;
        this.terms = terms;
        this.partitions = partitions;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What each wish gets, in the order in which they came: of several for the last unit, the first. */
    List<ConsumptionOutcome> take(List<Wish> wishes) {
        partitions.ensure(wishes.stream().map(wish -> wish.event().at()).toList());
        return transactions.within(() -> decide(wishes, clock.instant()));
    }

    private List<ConsumptionOutcome> decide(List<Wish> wishes, Instant now) {
        Map<Identity, Wish> firsts = new TreeMap<>(Comparator.comparing(Identity::account).thenComparing(Identity::event));
        wishes.forEach(wish -> firsts.putIfAbsent(wish.event().identity(), wish));
        Set<Identity> fresh = events.take(firsts.values().stream().map(Wish::event).toList(), now);
        Standings standings = standings(firsts.values(), now);
        Map<AccountId, InForce> inForce = terms.of(firsts.values().stream().map(Wish::account).toList());
        Map<Identity, ConsumptionOutcome> decided = new HashMap<>();
        List<Wish> granted = new ArrayList<>();
        List<AcceptedEvent> spurned = new ArrayList<>();
        for (Wish wish : wishes) {
            Identity identity = wish.event().identity();
            if (fresh.contains(identity) && !decided.containsKey(identity)) {
                ConsumptionOutcome outcome = decide(wish, standings, Objects.requireNonNull(inForce.get(wish.account())).version(), now);
                decided.put(identity, outcome);
                if (outcome instanceof Taken) {
                    granted.add(wish);
                } else {
                    spurned.add(wish.event());
                }
            }
        }
        write(granted, decided, now);
        if (!spurned.isEmpty()) {
            events.giveBack(spurned);
            tell(spurned.stream().map(event -> Objects.requireNonNull(decided.get(event.identity()))).toList());
        }
        Map<Identity, ConsumptionOutcome> earlier = earlier(firsts.values().stream().filter(wish -> !fresh.contains(wish.event().identity())).toList(), standings);
        return answers(wishes, firsts, decided, earlier);
    }

    /** The counters of every feature that counts the events, locked, without what has expired. */
    private Standings standings(Collection<Wish> wishes, Instant now) {
        Standings standings = new Standings(counters.lock(Counters.wholes(wishes.stream().map(Wish::event).toList())));
        holds.expire(standings.holding(), now).forEach(freed -> standings.add(freed.key(), 0, freed.amount()));
        List<Feature> rolling = wishes.stream()
                .flatMap(wish -> wish.event().shares().stream())
                .map(Share::feature)
                .filter(feature -> feature.rollingDays() != null)
                .distinct()
                .toList();
        counters.rolled(wishes.stream().map(Wish::account).collect(toSet()), rolling, now).values().forEach(total -> standings.replace(total.counter()));
        return standings;
    }

    private void tell(List<ConsumptionOutcome> spurned) {
        List<Denied> denials = spurned.stream().flatMap(outcome -> outcome instanceof Denied denied ? Stream.of(denied) : Stream.empty()).toList();
        if (!denials.isEmpty()) {
            counters.denied(denials);
        }
    }

    private static ConsumptionOutcome decide(Wish wish, Standings standings, long inForce, Instant now) {
        if (wish.consumption().terms() != inForce) {
            return new TermsChanged();
        }
        for (Share share : wish.decided()) {
            UsageCounter counter = standings.of(wish.key(share));
            EffectiveLimit limit = wish.consumption().limits().apply(share.feature(), now);
            if (!fits(wish, share, limit, counter, now)) {
                return new Denied(share.feature(), limit, counter, share.amount(), now);
            }
        }
        Reservation reservation = wish.reservation(now);
        wish.decided().forEach(share -> standings.add(wish.key(share), wish.holds() ? 0 : share.amount(), wish.holds() ? share.amount() : 0));
        return new Taken(standings.of(wish.key(wish.own())), reservation, false);
    }

    /** What counts the same events besides limits them only where it is granted at all. */
    private static boolean fits(Wish wish, Share share, EffectiveLimit limit, UsageCounter counter, Instant now) {
        Demand demand = new Demand(Math.addExact(counter.used(), counter.reserved()), share.amount(), now, counter.passedAt());
        return !share.equals(wish.own()) && !limit.isGranted() || Decision.on(limit, demand).allowed();
    }

    private void write(List<Wish> granted, Map<Identity, ConsumptionOutcome> decided, Instant now) {
        List<AcceptedEvent> used = granted.stream().filter(wish -> !wish.holds()).map(Wish::event).toList();
        if (!used.isEmpty()) {
            events.insert(used, now);
            counters.countLocked(used, now);
        }
        List<Reservation> held = granted.stream()
                .filter(Wish::holds)
                .map(wish -> Objects.requireNonNull(((Taken) decided.get(wish.event().identity())).reservation()))
                .toList();
        if (!held.isEmpty()) {
            holds.make(held);
        }
    }

    /** What was taken under the same ids before, if it was the same. */
    private Map<Identity, ConsumptionOutcome> earlier(List<Wish> known, Standings standings) {
        Map<Identity, ConsumptionOutcome> earlier = new HashMap<>();
        if (known.isEmpty()) {
            return earlier;
        }
        Map<Identity, Long> hashes = events.hashes(known.stream().map(Wish::event).toList());
        Map<Identity, Reservation> reservations = holds.made(known.stream().filter(Wish::holds).map(wish -> wish.event().identity()).toList());
        for (Wish wish : known) {
            Identity identity = wish.event().identity();
            earlier.put(identity, Long.valueOf(wish.event().hash()).equals(hashes.get(identity))
                    ? new Taken(standings.of(wish.key(wish.own())), reservations.get(identity), true)
                    : reused());
        }
        return earlier;
    }

    private static List<ConsumptionOutcome> answers(
            List<Wish> wishes, Map<Identity, Wish> firsts, Map<Identity, ConsumptionOutcome> decided, Map<Identity, ConsumptionOutcome> earlier) {
        return wishes.stream().map(wish -> {
            Identity identity = wish.event().identity();
            Wish first = Objects.requireNonNull(firsts.get(identity));
            if (first.event().hash() != wish.event().hash()) {
                return reused();
            }
            ConsumptionOutcome outcome = decided.getOrDefault(identity, earlier.get(identity));
            return first != wish && outcome instanceof Taken(UsageCounter counter, Reservation made, boolean _) ? new Taken(counter, made, true) : outcome;
        }).toList();
    }

    private static ConsumptionOutcome reused() {
        return new Refused("id", "Something else was recorded with this id");
    }
}
