package dev.headroom.usage;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.usage.Tally.Grain;
import dev.headroom.usage.Tally.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Counts everything again from the events alone, account by account, and compares it with what is kept. Recording goes on meanwhile: what is
 * compared stood there at one moment, and what is corrected is held before the events are read that it is corrected by.
 */
@Service
class Rebuilds {

    /** So many rows are held at the same time. */
    private static final int CORRECTED_AT_ONCE = 100_000;

    private final Replays replays;
    private final ReplayRepository replay;
    private final Recounts recounts;
    private final ApplicationEventPublisher publisher;
    private final Transactions transactions;
    private final Leftovers leftovers;
    private final Counters counters;

    Rebuilds(
            Replays replays, ReplayRepository replay, Recounts recounts, ApplicationEventPublisher publisher, Transactions transactions,
            Leftovers leftovers, Counters counters) {
        this.replays = replays;
        this.replay = replay;
        this.recounts = recounts;
        this.publisher = publisher;
        this.transactions = transactions;
        this.leftovers = leftovers;
        this.counters = counters;
    }

    /**
     * What was found of one account, or of several.
     *
     * @param outOfReach windows that reach back to events that were dropped, and were not looked at
     */
    record Found(long accounts, long events, long differences, long outOfReach) {

        static final Found NOTHING = new Found(0, 0, 0, 0);

        Found and(Found other) {
            return new Found(
                    accounts + other.accounts, events + other.events, differences + other.differences, outOfReach + other.outOfReach);
        }
    }

    /** The account after another of which anything is kept; the first one after none. */
    Optional<AccountId> next(@Nullable AccountId after) {
        return replay.next(after == null ? new UUID(0, 0) : after.value());
    }

    /** Tells of every difference; changes nothing. */
    Found compare(AccountId account, Consumer<Difference> each) {
        return transactions.ofOneMoment(() -> {
            long[] differences = {0};
            replay.open();
            long events = replays.replay(account, replays.counted().stream().map(Feature::id).collect(toSet()));
            List<Evidence> evidence = recounts.evidence(account, replays.counted());
            replay.differences(account, evidence, leftovers.valuesKept(), difference -> {
                differences[0]++;
                each.accept(difference);
            });
            return new Found(1, events, differences[0], replay.outOfReach(account, evidence));
        });
    }

    /** Tells of every difference, and corrects it. */
    Found correct(AccountId account, Consumer<Difference> each) {
        List<Difference> some = new ArrayList<>();
        Found found = compare(account, difference -> {
            each.accept(difference);
            collect(some, difference);
        });
        while (!some.isEmpty()) {
            boolean done = correct(account, some) && some.size() < CORRECTED_AT_ONCE;
            some.clear();
            if (!done) {
                compare(account, difference -> collect(some, difference));
            }
        }
        return found;
    }

    private static void collect(List<Difference> some, Difference difference) {
        if (some.size() < CORRECTED_AT_ONCE) {
            some.add(difference);
        }
    }

    /** Whoever counts at the same time waits, and adds to what is written here. False when events were dropped since, or more is left. */
    private boolean correct(AccountId account, List<Difference> differences) {
        Set<FeatureId> features = differences.stream().map(difference -> new FeatureId(difference.key().feature())).collect(toSet());
        return transactions.within(() -> {
            replay.open();
            List<Evidence> evidence = recounts.evidence(account, replays.counted());
            List<Difference> found = evidence.stream().anyMatch(each -> each.unique() && features.contains(each.feature().id()))
                    ? held(account, features, evidence, differences) : differences;
            Map<UUID, Evidence> known = evidence.stream().collect(toMap(each -> each.feature().id().value(), each -> each));
            if (!found.stream().allMatch(difference -> known.get(difference.key().feature()).reaches(difference))) {
                return false;
            }
            recounts.write(account, features, found);
            publisher.publishEvent(new UsageCounted(Set.of(account), List.of()));
            return found.size() < CORRECTED_AT_ONCE;
        });
    }

    /**
     * What differs once nobody can see values any more: whoever does so takes an hour's count to another hour, by what was kept of the value. One who was
     * quicker than this took it by what was wrong, so that an hour may be wrong that was not before.
     */
    private List<Difference> held(AccountId account, Set<FeatureId> features, List<Evidence> evidence, List<Difference> differences) {
        counters.lock(Stream.concat(
                        counters.wholes(account, features).stream().map(Key::whole),
                        differences.stream().map(Difference::key).filter(key -> key.grain() == Grain.PERIOD && key.group().isEmpty()))
                .collect(toSet()));
        List<Difference> found = new ArrayList<>();
        replays.replay(account, features);
        replay.differences(account, evidence.stream().filter(each -> features.contains(each.feature().id())).toList(), leftovers.valuesKept(), difference -> {
            if (features.contains(new FeatureId(difference.key().feature()))) {
                collect(found, difference);
            }
        });
        replay.clear();
        return found;
    }
}
