package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.error.Check;
import dev.headroom.usage.EventCheck.Checked;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Service;

/** Records events exactly once and knows the totals. */
@Service
public class Usages {

    public static final int LARGEST_BATCH = 1_000;

    private final EventChecks checks;
    private final Recordings recordings;
    private final Catalog catalog;
    private final CounterRepository counters;
    private final InstantSource clock;

    Usages(EventChecks checks, Recordings recordings, Catalog catalog, CounterRepository counters, InstantSource clock) {
        this.checks = checks;
        this.recordings = recordings;
        this.catalog = catalog;
        this.counters = counters;
        this.clock = clock;
    }

    /**
     * Records up to 1,000 events in one transaction; the outcomes stand in the order of the events. Must not be called within a
     * transaction, for it may have to make room first.
     */
    public List<UsageOutcome> record(Actor actor, List<UsageEvent> batch) {
        actor.requireEveryAccount(Permission.USAGE);
        Check.between("input.events", batch.size(), 1, LARGEST_BATCH);
        Instant now = clock.instant();
        List<Checked> checked = batch.stream().map(checks.forBatch(batch, now)::check).toList();
        return recordings.record(checked, now);
    }

    /** What the accounts used in every window that has not ended; of one that rolls, in the days up to now, in whole hours. One statement. */
    public List<UsageCounter> counters(Actor actor, Collection<AccountId> ids) {
        ids.forEach(id -> actor.require(Permission.READ, id.value()));
        List<Feature> rolling = catalog.snapshot().features().stream().filter(feature -> feature.rollingDays() != null).toList();
        return counters.counters(ids, rolling, clock.instant());
    }
}
