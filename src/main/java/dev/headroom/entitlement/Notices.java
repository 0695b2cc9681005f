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
import dev.headroom.time.Period;
import dev.headroom.usage.UsageCounted.Note;
import dev.headroom.usage.UsageCounted.Total;
import dev.headroom.usage.UsageCounter;
import dev.headroom.usage.Usages;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells of thresholds that are passed and of limits that are hit. */
@Service
public class Notices {

    private static final Actor.System SELF = new Actor.System("entitlement");
    private static final int MOST_REMEMBERED = 100_000;
    /** While the database is away, or where no jobs run: what is hit beyond these is not noted. */
    private static final int MOST_UNWRITTEN = 10_000;
    private static final int LARGEST_BATCH = 1_000;

    private final RememberedTerms terms;
    private final Catalog catalog;
    private final Usages usages;
    private final NoticeRepository notices;
    private final ApplicationEventPublisher publisher;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    /** A limit is hit again and again by those who do not stop. */
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

    private record Hit(AccountId account, FeatureId feature, Instant hour) {}

    /** Newest first. */
    public List<Notice> ofAccount(Actor actor, AccountId account, int most) {
        actor.require(Permission.READ, account.value());
        return notices.ofAccount(account, most);
    }

    /** In the transaction that raised the totals and holds them: whatever they passed is told once, however many batches race. */
    void consider(List<Total> totals) {
        if (!totals.isEmpty()) {
            Map<AccountId, Terms> known = terms.of(totals.stream().map(total -> total.counter().account()).collect(toSet()));
            consider(totals, known);
        }
    }

    /**
     * In the transaction that changed what an account may use: a smaller limit may be passed without anything being used, and a larger one
     * is not passed any more. Windows that the change has left behind are over.
     */
    void reconsider(AccountId account) {
        Terms changed = terms.load(account);
        CatalogSnapshot snapshot = catalog.snapshot();
        Instant at = clock.instant();
        List<Total> running = usages.hold(SELF, account).stream()
                .filter(total -> changed.window(snapshot.feature(total.counter().feature()), at).from().equals(total.counter().window().from()))
                .toList();
        consider(running, Map.of(account, changed));
    }

    private void consider(List<Total> totals, Map<AccountId, Terms> known) {
        Instant at = clock.instant();
        CatalogSnapshot snapshot = catalog.snapshot();
        List<Note> notes = new ArrayList<>();
        List<Notice> told = new ArrayList<>();
        for (Total total : totals) {
            Feature feature = snapshot.feature(total.counter().feature());
            Standing standing = Standing.of(total, feature, Objects.requireNonNull(known.get(total.counter().account())).limit(feature, at));
            standing.note(at).ifPresent(notes::add);
            standing.passed().forEach(threshold -> told.add(notice(total.counter(), threshold, Objects.requireNonNull(standing.included()), at)));
        }
        if (!notes.isEmpty()) {
            usages.note(SELF, notes);
        }
        if (!told.isEmpty()) {
            tell(told);
        }
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

    private void tell(List<Notice> told) {
        notices.insert(told).forEach(publisher::publishEvent);
    }

    private static Notice notice(UsageCounter counter, int threshold, long included, Instant at) {
        return new Notice(
                Ids.next(), counter.account(), counter.feature(), Notice.Kind.THRESHOLD_PASSED, threshold, counter.used(), included, 0, counter.window().from(), at);
    }

    /** Something did not fit: noted once an hour, later and by itself, so that whoever asks does not wait for it. */
    void denied(Entitlement denied, Period window, Instant at) {
        Long included = denied.limit();
        if (included != null && hits.asMap().putIfAbsent(new Hit(denied.account(), denied.feature().id(), at.truncatedTo(ChronoUnit.HOURS)), true) == null) {
            unwritten.offer(new Notice(
                    Ids.next(), denied.account(), denied.feature().id(), Notice.Kind.LIMIT_HIT, (int) Math.min(denied.percent() == null ? 100 : denied.percent(), Integer.MAX_VALUE),
                    denied.used(), included, denied.requested(), window.from(), at));
        }
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
            written = true;
        } finally {
            if (!written) {
                batch.forEach(unwritten::offer);
            }
        }
    }

    private List<Notice> next() {
        return Stream.generate(unwritten::poll).limit(LARGEST_BATCH).takeWhile(Objects::nonNull).toList();
    }
}
