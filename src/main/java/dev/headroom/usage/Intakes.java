package dev.headroom.usage;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.Account;
import dev.headroom.usage.EventCheck.Checked;
import dev.headroom.usage.UsageOutcome.UsageDuplicate;
import dev.headroom.usage.UsageOutcome.UsageRecorded;
import dev.headroom.usage.UsageOutcome.UsageRejected;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Counts what becomes of the events that are sent, in memory, so that nobody who records waits for it; a job writes it down every few
 * seconds. A process that dies loses the counts of those seconds, never an event.
 */
@Service
class Intakes {

    /** From here on what is recorded is called late. */
    static final Duration LATE = Duration.ofDays(1);

    private final IntakeRepository repository;
    private final InstantSource clock;
    private final Map<Key, Long> unwritten = new ConcurrentHashMap<>();

    Intakes(IntakeRepository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** What becomes of an event. */
    enum Kind {
        RECORDED,
        /** Of the recorded ones. */
        LATE,
        /** Of the late ones. */
        MOVED,
        DUPLICATE,
        REJECTED
    }

    /** @param field of what was rejected; empty otherwise */
    record Key(UUID account, LocalDate day, Kind kind, String field) {

        static final Comparator<Key> ORDER = Comparator.comparing(Key::account).thenComparing(Key::day).thenComparing(Key::kind).thenComparing(Key::field);
    }

    /** A batch, on its way into the counts: added up before anything that is shared is touched. */
    private record Batch(LocalDate day, Map<Key, Long> counts) {

        void add(@Nullable UUID account, Kind kind, String field) {
            counts.merge(new Key(TermsRepository.EVERYBODY, day, kind, field), 1L, Long::sum);
            Optional.ofNullable(account).ifPresent(known -> counts.merge(new Key(known, day, kind, field), 1L, Long::sum));
        }
    }

    /** All four in the order of the events. */
    void note(EventCheck check, List<UsageEvent> sent, List<Checked> checked, List<UsageOutcome> outcomes) {
        Batch batch = batch(check.now());
        for (int i = 0; i < outcomes.size(); i++) {
            Account account = check.accounts().get(sent.get(i).account());
            UUID known = account == null ? null : account.id().value();
            switch (outcomes.get(i)) {
                case UsageRecorded recorded -> recorded(batch, known, checked.get(i).accepted(), check.now());
                case UsageDuplicate duplicate -> batch.add(known, Kind.DUPLICATE, "");
                case UsageRejected rejected -> batch.add(known, Kind.REJECTED, rejected.field());
            }
        }
        add(batch.counts());
    }

    private static void recorded(Batch batch, @Nullable UUID account, @Nullable AcceptedEvent event, Instant now) {
        batch.add(account, Kind.RECORDED, "");
        boolean moved = event != null && event.at().isBefore(event.period().from());
        if (moved || event != null && event.at().isBefore(now.minus(LATE))) {
            batch.add(account, Kind.LATE, "");
        }
        if (moved) {
            batch.add(account, Kind.MOVED, "");
        }
    }

    /** What was not even an event, and therefore nobody's. */
    void unreadable(List<UsageRejected> rejected) {
        Batch batch = batch(clock.instant());
        rejected.forEach(each -> batch.add(null, Kind.REJECTED, Submitted.countedAs(each.field())));
        add(batch.counts());
    }

    private static Batch batch(Instant now) {
        return new Batch(LocalDate.ofInstant(now, ZoneOffset.UTC), new HashMap<>());
    }

    private void add(Map<Key, Long> counts) {
        counts.forEach((key, events) -> unwritten.merge(key, events, Long::sum));
    }

    /** Writes down what was counted since the last time; what cannot be written is counted on. */
    void write() {
        Map<Key, Long> taken = unwritten.keySet().stream()
                .flatMap(key -> Optional.ofNullable(unwritten.remove(key)).map(events -> Map.entry(key, events)).stream())
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (taken.isEmpty()) {
            return;
        }
        try {
            repository.add(taken);
        } catch (RuntimeException notNow) {
            add(taken);
            throw notNow;
        }
    }

    /** Gives up what is older than events are kept. */
    void forget(LocalDate before) {
        repository.forget(before);
    }
}
