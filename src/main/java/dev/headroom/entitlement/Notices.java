package dev.headroom.entitlement;

import static java.util.stream.Collectors.toSet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.id.Ids;
import dev.headroom.limits.Decision;
import dev.headroom.limits.Demand;
import dev.headroom.limits.EffectiveLimit;
import dev.headroom.time.Period;
import dev.headroom.usage.ConsumptionOutcome.Denied;
import dev.headroom.usage.UsageCounted.Note;
import dev.headroom.usage.UsageCounted.Total;
import dev.headroom.usage.UsageCounter;
import dev.headroom.usage.Usages;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells of thresholds that are passed and of limits that are hit. */
@Service
public class Notices {

    private static final Actor.System SELF = new Actor.System("entitlement");
    private static final int MOST_REMEMBERED = 100_000;
    /** While the database is away, or where no jobs run: what is hit beyond these is noted when it is hit again. */
    private static final int MOST_UNWRITTEN = 10_000;
    private static final int LARGEST_BATCH = 1_000;
    private static final Comparator<Notice> ORDER =
            Comparator.<Notice, UUID>comparing(notice -> notice.account().value()).thenComparing(notice -> notice.feature().value());

    private final RememberedTerms terms;
    private final Catalog catalog;
    private final Usages usages;
    private final NoticeRepository notices;
    private final ApplicationEventPublisher publisher;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    /** A limit is hit again and again by those who do not stop: what was noted, and whether that is in the database. */
    private final Cache<Hit, Boolean> hits = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    private final Queue<Notice> unwritten = new LinkedBlockingQueue<>(MOST_UNWRITTEN);

    Notices(
            RememberedTerms terms, Catalog catalog, Usages usages, NoticeRepository notices, ApplicationEventPublisher publisher,
            TransactionTemplate transaction, InstantSource clock) {
        this.terms = terms;
        this.catalog = catalog;
        this.usages = usages;
        this.notices = notices;
        this.publisher = publisher;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record Hit(AccountId account, FeatureId feature, Notice.Kind kind, Instant hour) {

        static Hit of(Notice notice) {
            return new Hit(notice.account(), notice.feature(), notice.kind(), notice.at().truncatedTo(ChronoUnit.HOURS));
        }
    }

    /** Newest first; one statement. */
    Map<AccountId, List<Notice>> newest(Actor actor, Collection<AccountId> accounts, int most) {
        accounts.forEach(account -> actor.require(Permission.READ, account.value()));
        return notices.newest(accounts, most);
    }

    /**
     * In the transaction that raised the totals and holds them: whatever they passed is told once, however many batches race.
     *
     * @return their counters, with what was noted of them
     */
    List<UsageCounter> consider(List<Total> totals) {
        if (totals.isEmpty()) {
            return List.of();
        }
        Instant at = clock.instant();
        Map<AccountId, Terms> known = new HashMap<>(terms.of(totals.stream().map(total -> total.counter().account()).collect(toSet())));
        totals.stream()
                .filter(total -> standing(total, known, at).contradicts())
                .map(total -> total.counter().account())
                .distinct()
                .forEach(account -> known.put(account, terms.load(account)));
        return consider(totals, known, at);
    }

    /**
     * In the transaction that changed what an account may use: a smaller limit may be passed without anything being used, and a larger one
     * is not passed any more. Windows that the change has left behind are over.
     */
    void reconsider(AccountId account) {
        List<Total> used = usages.hold(SELF, account);
        if (used.isEmpty()) {
            return;
        }
        Terms changed = terms.load(account);
        CatalogSnapshot snapshot = catalog.snapshot();
        Instant at = clock.instant();
        List<Total> running = used.stream()
                .filter(total -> changed.window(snapshot.feature(total.counter().feature()), at).from().equals(total.counter().window().from()))
                .toList();
        consider(running, Map.of(account, changed), at);
    }

    private List<UsageCounter> consider(List<Total> totals, Map<AccountId, Terms> known, Instant at) {
        List<UsageCounter> counters = new ArrayList<>();
        List<Note> notes = new ArrayList<>();
        List<Notice> told = new ArrayList<>();
        for (Total total : totals) {
            Standing standing = standing(total, known, at);
            Optional<Note> note = standing.note(at);
            note.ifPresent(notes::add);
            counters.add(note.map(noted -> noted.counter().noted(noted.passedAt())).orElse(total.counter()));
            if (standing.passing() > 0) {
                told.add(hit(standing, at));
            }
            standing.passed().forEach(threshold -> told.add(notice(total.counter(), threshold, Objects.requireNonNull(standing.included()), at)));
        }
        if (!notes.isEmpty()) {
            usages.note(SELF, notes);
        }
        if (!told.isEmpty()) {
            tell(told);
        }
        return counters;
    }

    private Standing standing(Total total, Map<AccountId, Terms> known, Instant at) {
        Feature feature = catalog.snapshot().feature(total.counter().feature());
        return Standing.of(total, feature, Objects.requireNonNull(known.get(total.counter().account())).limit(feature, at));
    }

    /** The same of a total that is kept elsewhere, by whoever notes what was told. */
    void tell(UsageCounter counter, Standing standing, Instant at) {
        List<Notice> told = standing.passed().stream()
                .map(threshold -> notice(counter, threshold, Objects.requireNonNull(standing.included()), at))
                .toList();
        if (!told.isEmpty()) {
            tell(told);
        }
    }

    /** Those of several transactions that tell the same wait for each other, and therefore in one order. */
    private void tell(List<Notice> told) {
        notices.insert(told.stream().sorted(ORDER).toList()).forEach(publisher::publishEvent);
    }

    private static Notice notice(UsageCounter counter, int threshold, long included, Instant at) {
        return new Notice(
                Ids.next(), counter.account(), counter.feature(), Notice.Kind.THRESHOLD_PASSED, threshold, counter.used(), included, 0, counter.window().from(), at);
    }

    /** Nothing refuses what has been used: it is told of when it goes past what is included. */
    private static Notice hit(Standing standing, Instant at) {
        UsageCounter counter = standing.total().counter();
        return new Notice(
                Ids.next(), counter.account(), counter.feature(), Notice.Kind.LIMIT_HIT, standing.percent(), counter.used(),
                Objects.requireNonNull(standing.included()), standing.passing(), counter.window().from(), at);
    }

    /** A check was denied: noted once an hour, later and by itself, so that whoever asks does not wait for it. */
    void denied(Entitlement denied, Period window, Instant at) {
        Notice notice = denial(
                new UsageCounter(denied.account(), denied.feature().id(), window, denied.used(), denied.reserved(), null, 0), denied.limit(), denied.percent(),
                denied.requested(), at);
        Hit hit = Hit.of(notice);
        if (hits.asMap().putIfAbsent(hit, false) == null && !unwritten.offer(notice)) {
            hits.invalidate(hit);
        }
    }

    /** In the transaction that refused it: told once an hour, which all but the first time costs no statement. */
    void denied(List<Denied> denials) {
        List<Notice> told = denials.stream().map(Notices::denial).filter(notice -> !Boolean.TRUE.equals(hits.getIfPresent(Hit.of(notice)))).toList();
        if (!told.isEmpty()) {
            tell(told);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    written(told);
                }
            });
        }
    }

    private static Notice denial(Denied denied) {
        EffectiveLimit limit = denied.limit();
        Long percent = Decision.on(limit, Demand.of(denied.counter().used(), 0, denied.at())).usedPercent();
        return denial(denied.counter(), limit.isGranted() ? limit.limit().included() : null, percent, denied.amount(), denied.at());
    }

    /** @param included absent when nothing grants it: what is unlimited is never denied */
    private static Notice denial(UsageCounter counter, @Nullable Long included, @Nullable Long percent, long requested, Instant at) {
        return included == null
                ? new Notice(Ids.next(), counter.account(), counter.feature(), Notice.Kind.NOT_GRANTED, 0, counter.used(), 0, requested, counter.window().from(), at)
                : new Notice(
                        Ids.next(), counter.account(), counter.feature(), Notice.Kind.LIMIT_HIT,
                        (int) Math.min(Objects.requireNonNullElse(percent, 100L), Integer.MAX_VALUE), counter.used(), included, requested, counter.window().from(), at);
    }

    private void written(List<Notice> told) {
        told.forEach(notice -> hits.put(Hit.of(notice), true));
    }

    /** Writes what was noted; what cannot be written now is kept for the next time. */
    void write() {
        for (List<Notice> batch = next(); !batch.isEmpty(); batch = next()) {
            write(batch);
        }
    }

    private void write(List<Notice> batch) {
        boolean written = false;
        try {
            transaction.executeWithoutResult(_ -> tell(batch));
            written(batch);
            written = true;
        } finally {
            if (!written) {
                batch.stream().filter(notice -> !unwritten.offer(notice)).map(Hit::of).forEach(hits::invalidate);
            }
        }
    }

    private List<Notice> next() {
        return Stream.generate(unwritten::poll).limit(LARGEST_BATCH).takeWhile(Objects::nonNull).toList();
    }
}
