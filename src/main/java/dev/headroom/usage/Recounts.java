package dev.headroom.usage;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Reset;
import dev.headroom.usage.Difference.OfValue;
import dev.headroom.usage.PartitionRepository.Dropped;
import dev.headroom.usage.Tally.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Makes totals agree again with an account's events, in the transaction that changed those. */
@Service
class Recounts {

    /** Values of windows that end within this are held, lest they are deleted meanwhile. */
    private static final Duration SOON = Duration.ofDays(1);

    private final Replays replays;
    private final ReplayRepository replay;
    private final CorrectionRepository corrections;
    private final Counters counters;
    private final PartitionRepository partitions;
    private final Leftovers leftovers;

    Recounts(
            Replays replays, ReplayRepository replay, CorrectionRepository corrections, Counters counters, PartitionRepository partitions,
            Leftovers leftovers) {
        this.replays = replays;
        this.replay = replay;
        this.corrections = corrections;
        this.counters = counters;
        this.partitions = partitions;
        this.leftovers = leftovers;
    }

    /** From when on the events of an account tell all about some features. */
    List<Evidence> evidence(AccountId account, Collection<Feature> features) {
        Dropped dropped = partitions.dropped(account).orElse(null);
        return features.stream().map(feature -> Evidence.of(feature, dropped, leftovers.hoursKept(), leftovers.rollingValuesKept())).toList();
    }

    /**
     * Counts everything of some features again and writes what differs; whoever counts in it at the same time waits, and adds to what is written here.
     *
     * @param wholes the totals of whole windows in which any of it may count: whoever sees values holds these first, so that nobody sees any meanwhile
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void recount(AccountId account, Set<Feature> features, Set<Key> wholes) {
        Set<FeatureId> ids = features.stream().map(Feature::id).collect(toSet());
        List<Difference> differences = new ArrayList<>();
        counters.lock(wholes);
        corrections.forget(account, ids, leftovers.valuesKept());
        replay.open();
        replays.replay(account, ids);
        replay.differences(account, evidence(account, features), leftovers.valuesKept(), difference -> {
            if (ids.contains(new FeatureId(difference.key().feature()))) {
                differences.add(difference);
            }
        });
        if (!differences.isEmpty()) {
            replay.clear();
            write(account, ids, differences);
        }
    }

    /** Holds what differs, counts again into the open and empty books, and writes what those say. */
    void write(AccountId account, Set<FeatureId> features, List<Difference> differences) {
        corrections.hold(keys(differences), values(differences));
        replays.replay(account, features);
        corrections.correct();
    }

    /** Whether values may have been deleted, or may be any moment, of windows in which something of that time counts. */
    boolean mayBeForgotten(Feature feature, Instant at) {
        return Objects.requireNonNull(feature.meter()).aggregation() == Aggregation.UNIQUE && feature.reset() != Reset.NEVER && feature.reset() != Reset.ROLLING && at.isBefore(forgotten());
    }

    private Instant forgotten() {
        return leftovers.valuesKept().plus(SOON);
    }

    /**
     * Brings back the values of windows that ended so long ago that nobody was expected to count in them any more: to be called before events of these
     * windows are stored.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void remember(AccountId account, Set<Feature> forgotten) {
        if (!forgotten.isEmpty()) {
            Set<FeatureId> ids = forgotten.stream().map(Feature::id).collect(toSet());
            replay.open();
            replays.replay(account, ids);
            corrections.remember(ids, forgotten());
        }
    }

    /** In the order in which everybody holds them. */
    private List<Key> keys(List<Difference> differences) {
        Map<UUID, Aggregation> kinds = replays.counted().stream()
                .collect(toMap(feature -> feature.id().value(), feature -> Objects.requireNonNull(feature.meter()).aggregation()));
        return differences.stream()
                .filter(difference -> !(difference instanceof OfValue))
                .map(Difference::key)
                .distinct()
                .sorted(Comparator.<Key, Aggregation>comparing(key -> kinds.getOrDefault(key.feature(), Aggregation.SUM)).thenComparing(Key.ORDER))
                .toList();
    }

    private static List<OfValue> values(List<Difference> differences) {
        return differences.stream()
                .filter(OfValue.class::isInstance)
                .map(OfValue.class::cast)
                .sorted(Comparator.comparing(OfValue::key, Key.ORDER).thenComparing(OfValue::value))
                .toList();
    }
}
