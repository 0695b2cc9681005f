package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.error.Check;
import dev.headroom.usage.EventCheck.Checked;
import dev.headroom.usage.Tally.Key;
import dev.headroom.usage.UsageCounted.Note;
import dev.headroom.usage.UsageCounted.Total;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Records events exactly once and knows the totals. */
@Service
public class Usages {

    public static final int LARGEST_BATCH = 1_000;

    private final EventChecks checks;
    private final Recordings recordings;
    private final Catalog catalog;
    private final Counters totals;
    private final CounterRepository counters;
    private final Intakes intake;
    private final InstantSource clock;

    Usages(
            EventChecks checks, Recordings recordings, Catalog catalog, Counters totals, CounterRepository counters, Intakes intake,
            InstantSource clock) {
        this.checks = checks;
        this.intake = intake;
        this.recordings = recordings;
        this.catalog = catalog;
        this.totals = totals;
        this.counters = counters;
        this.clock = clock;
    }

    /**
     * Records up to 1,000 events in one transaction, with those of other callers if there is a crowd; the outcomes stand in the order of
     * the events. Must not be called within a transaction.
     */
    public List<UsageOutcome> record(Actor actor, List<UsageEvent> batch) {
        actor.requireEveryAccount(Permission.USAGE);
        Check.between("input.events", batch.size(), 1, LARGEST_BATCH);
        EventCheck check = checks.forBatch(batch, clock.instant());
        List<Checked> checked = batch.stream().map(check::check).toList();
        List<UsageOutcome> outcomes = recordings.record(checked);
        intake.note(check, batch, checked, outcomes);
        return outcomes;
    }

    /** The same of what may not be events at all. */
    List<UsageOutcome> submit(Actor actor, List<Submitted> batch) {
        actor.requireEveryAccount(Permission.USAGE);
        Check.between("input.events", batch.size(), 1, LARGEST_BATCH);
        List<UsageEvent> sent = batch.stream().map(Submitted::event).filter(Objects::nonNull).toList();
        intake.unreadable(batch.stream().map(Submitted::rejected).filter(Objects::nonNull).toList());
        Iterator<UsageOutcome> recorded = (sent.isEmpty() ? List.<UsageOutcome>of() : record(actor, sent)).iterator();
        return batch.stream().map(each -> each.rejected() == null ? recorded.next() : each.rejected()).toList();
    }

    /** What the accounts used in every window that has not ended; of one that rolls, in the days up to now, in whole hours. One statement. */
    public UsageSnapshot snapshot(Actor actor, Collection<AccountId> ids) {
        ids.forEach(id -> actor.require(Permission.READ, id.value()));
        return counters.snapshot(ids, rolling(), clock.instant());
    }

    /** The same counters with what was told of their thresholds; nobody else changes them until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Total> hold(Actor.System actor, AccountId id) {
        List<Total> known = counters.totals(List.of(id), rolling(), clock.instant());
        if (known.isEmpty()) {
            return known;
        }
        totals.lock(known.stream().map(total -> Key.whole(total.counter())).toList());
        return counters.totals(List.of(id), rolling(), clock.instant());
    }

    /** The accounts that have ever used so much of a feature in one window; of one that rolls, those that have in the one that ends now. */
    public List<AccountId> reached(Actor.System actor, FeatureId feature, long units) {
        List<AccountId> ever = counters.reached(feature, units);
        return catalog.snapshot().feature(feature).rollingDays() == null || ever.isEmpty() ? ever : counters.totals(ever, rolling(), clock.instant()).stream()
                .map(Total::counter)
                .filter(counter -> counter.feature().equals(feature) && counter.used() >= units)
                .map(UsageCounter::account)
                .toList();
    }

    /**
     * The counters of running windows that have passed a threshold, those first of which most of what was included then is used; what is
     * included now may be something else.
     *
     * @param feature absent for all
     * @param skip    how many from the beginning to leave out
     */
    public List<UsageCounter> near(Actor actor, @Nullable FeatureId feature, int skip, int most) {
        actor.requireEveryAccount(Permission.READ);
        return counters.near(feature, rolling(), clock.instant(), skip, most);
    }

    /**
     * The counters of whole windows in which something was used, of everybody; only Headroom itself may ask, for it crosses accounts. Not of
     * what rolls.
     *
     * @param endedAfter how long ago a window may have ended
     * @param after      the last one of the page before; absent for the first page
     */
    public List<UsageCounter> windows(Actor.System actor, Collection<FeatureId> features, Instant endedAfter, @Nullable UsageCounter after, int most) {
        return counters.windows(features, endedAfter, after, most);
    }

    private List<Feature> rolling() {
        return catalog.snapshot().features().stream().filter(feature -> feature.rollingDays() != null).toList();
    }

    /** Notes what was told of the thresholds of counters, in the transaction that told it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void note(Actor.System actor, List<Note> notes) {
        counters.note(notes);
    }
}
