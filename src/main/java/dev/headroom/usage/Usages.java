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
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Records events exactly once and knows the totals. */
@Service
public class Usages {

    public static final int LARGEST_BATCH = 1_000;

    private final EventChecks checks;
    private final Catalog catalog;
    private final Counters totals;
    private final CounterRepository counters;
    private final InstantSource clock;
    private final Gathering<List<Checked>, List<UsageOutcome>> gathering;

    Usages(
            EventChecks checks, Recordings recordings, Catalog catalog, Counters totals, CounterRepository counters, InstantSource clock,
            UsageProperties properties) {
        this.checks = checks;
        this.gathering = new Gathering<>(recordings::recordAll, List::size, LARGEST_BATCH, properties.parallel());
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
        Instant now = clock.instant();
        List<Checked> checked = batch.stream().map(checks.forBatch(batch, now)::check).toList();
        return gathering.call(checked);
    }

    /** What the accounts used in every window that has not ended; of one that rolls, in the days up to now, in whole hours. One statement. */
    public UsageSnapshot snapshot(Actor actor, Collection<AccountId> ids) {
        ids.forEach(id -> actor.require(Permission.READ, id.value()));
        return counters.snapshot(ids, rolling(), clock.instant());
    }

    /** The same counters with what was told of their thresholds; nobody else changes them until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Total> hold(Actor.System actor, AccountId id) {
        totals.lock(counters.totals(List.of(id), rolling(), clock.instant()).stream().map(total -> Key.whole(total.counter())).toList());
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

    private List<Feature> rolling() {
        return catalog.snapshot().features().stream().filter(feature -> feature.rollingDays() != null).toList();
    }

    /** Notes what was told of the thresholds of counters, in the transaction that told it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void note(Actor.System actor, List<Note> notes) {
        counters.note(notes);
    }
}
