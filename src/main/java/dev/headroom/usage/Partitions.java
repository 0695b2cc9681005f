package dev.headroom.usage;

import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/** Room for events, a month a piece: made ahead of time, or when an event comes that has none; given back when events are old enough. */
@Service
class Partitions {

    private static final int AHEAD = 2;

    private final PartitionRepository partitions;
    private final UsageProperties properties;
    private final InstantSource clock;
    private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();

    Partitions(PartitionRepository partitions, UsageProperties properties, InstantSource clock) {
        this.partitions = partitions;
        this.properties = properties;
        this.clock = clock;
    }

    /** Makes room for events of these times; costs no statement where there is some. */
    void ensure(Collection<Instant> times) {
        times.stream().map(Partitions::month).distinct().filter(month -> !known.contains(month)).forEach(this::make);
    }

    private void make(YearMonth month) {
        partitions.make(month);
        known.add(month);
    }

    /** Makes room for this month and the next two, and drops the months that ended longer ago than events are kept. */
    void roll() {
        Instant at = clock.instant();
        YearMonth now = month(at);
        for (int ahead = 0; ahead <= AHEAD; ahead++) {
            partitions.make(now.plusMonths(ahead));
        }
        YearMonth oldest = properties.oldestMonth(at);
        partitions.months().stream().filter(month -> month.isBefore(oldest)).forEach(month -> {
            known.remove(month);
            partitions.drop(month);
        });
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(at.atZone(ZoneOffset.UTC));
    }
}
