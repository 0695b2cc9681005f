package dev.headroom.usage;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.headroom.usage.AcceptedEvent.Identity;
import dev.headroom.usage.EventCheck.Checked;
import dev.headroom.usage.UsageOutcome.UsageDuplicate;
import dev.headroom.usage.UsageOutcome.UsageRecorded;
import dev.headroom.usage.UsageOutcome.UsageRejected;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Stores what passed the checks, once, and counts it in the same transaction. */
@Service
class Recordings {

    private final EventRepository events;
    private final Counters counters;
    private final Partitions partitions;
    private final Transactions transactions;
    private final InstantSource clock;
    private final Gathering<List<Checked>, List<UsageOutcome>> gathering;

    Recordings(
            EventRepository events, Counters counters, Partitions partitions, Transactions transactions, InstantSource clock, UsageProperties properties) {
        this.events = events;
        this.counters = counters;
        this.partitions = partitions;
        this.transactions = transactions;
        this.clock = clock;
        this.gathering = new Gathering<>(this::recordAll, List::size, Usages.LARGEST_BATCH, properties.parallel());
    }

    /** With those of other callers if there is a crowd. */
    List<UsageOutcome> record(List<Checked> checked) {
        return gathering.call(checked);
    }

    /** All of several batches or nothing; what came first in them is what counts. */
    private List<List<UsageOutcome>> recordAll(List<List<Checked>> batches) {
        List<UsageOutcome> outcomes = record(batches.stream().flatMap(List::stream).toList(), clock.instant());
        List<List<UsageOutcome>> answers = new ArrayList<>();
        int from = 0;
        for (List<Checked> batch : batches) {
            answers.add(outcomes.subList(from, from + batch.size()));
            from += batch.size();
        }
        return answers;
    }

    private List<UsageOutcome> record(List<Checked> checked, Instant now) {
        Map<Identity, AcceptedEvent> firsts = new TreeMap<>(Comparator.comparing(Identity::account).thenComparing(Identity::event));
        checked.stream().flatMap(each -> Stream.ofNullable(each.accepted())).forEach(event -> firsts.putIfAbsent(event.identity(), event));
        if (firsts.isEmpty()) {
            return outcomes(checked, Set.of(), Map.of());
        }
        List<AcceptedEvent> sorted = List.copyOf(firsts.values());
        partitions.ensure(sorted.stream().map(AcceptedEvent::at).toList());
        return transactions.within(() -> store(checked, sorted, now));
    }

    private List<UsageOutcome> store(List<Checked> checked, List<AcceptedEvent> sorted, Instant now) {
        List<AcceptedEvent> counted = events.store(sorted, now);
        Set<Identity> fresh = counted.stream().map(AcceptedEvent::identity).collect(toSet());
        Map<Identity, Long> hashes = sorted.stream().collect(toMap(AcceptedEvent::identity, AcceptedEvent::hash));
        if (fresh.size() < sorted.size()) {
            hashes.putAll(events.hashes(sorted.stream().filter(event -> !fresh.contains(event.identity())).toList()));
        }
        if (!counted.isEmpty()) {
            counters.count(counted, now);
        }
        return outcomes(checked, fresh, hashes);
    }

    /** The first event of an identity that was fresh is recorded; every other one is a duplicate, or refused when it says something else. */
    static List<UsageOutcome> outcomes(List<Checked> checked, Set<Identity> fresh, Map<Identity, Long> hashes) {
        Set<Identity> open = new HashSet<>(fresh);
        List<UsageOutcome> outcomes = new ArrayList<>();
        for (Checked each : checked) {
            AcceptedEvent event = each.accepted();
            if (event == null) {
                outcomes.add(Objects.requireNonNull(each.rejected()));
            } else if (open.remove(event.identity())) {
                outcomes.add(new UsageRecorded(event.id()));
            } else if (Long.valueOf(event.hash()).equals(hashes.get(event.identity()))) {
                outcomes.add(new UsageDuplicate(event.id()));
            } else {
                outcomes.add(new UsageRejected(event.id(), "id", "Another event was recorded with this id"));
            }
        }
        return outcomes;
    }
}
