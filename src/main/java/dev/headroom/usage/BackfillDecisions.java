package dev.headroom.usage;

import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.id.Ids;
import dev.headroom.time.Period;
import dev.headroom.usage.Backfill.Effect;
import dev.headroom.usage.Backfill.State;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Lets a backfill count, or not any more: whole or not at all. What it would do is found by doing it and undoing it. */
@Service
class BackfillDecisions {

    private final BackfillRepository backfills;
    private final BackfillRuns runs;
    private final EventChecks checks;
    private final Partitions partitions;
    private final Transactions transactions;
    private final AuditEntries audit;
    private final InstantSource clock;

    BackfillDecisions(
            BackfillRepository backfills, BackfillRuns runs, EventChecks checks, Partitions partitions, Transactions transactions, AuditEntries audit,
            InstantSource clock) {
        this.backfills = backfills;
        this.runs = runs;
        this.checks = checks;
        this.partitions = partitions;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What applying it would do while it is open, and what reversing it would do while it is applied. As long as it looks, others who count for the
     * account wait.
     *
     * @throws dev.headroom.error.HeadroomException NOT_FOUND, CONFLICT when neither can be done
     */
    Effect preview(Actor actor, String id) {
        Backfills.requireRights(actor);
        Backfill known = known(id, "backfill");
        return transactions.tried(() -> {
            Backfill backfill = locked(known);
            if (backfill.state() == State.APPLIED) {
                return runs.reverse(backfill, now());
            }
            Backfills.require(backfill, State.OPEN);
            return runs.apply(backfill, now());
        });
    }

    /** @throws dev.headroom.error.HeadroomException NOT_FOUND, CONFLICT when it was reversed or discarded, or cannot be applied */
    Backfill apply(Actor actor, String id) {
        Backfills.requireRights(actor);
        Backfill known = known(id, "input.backfill");
        return transactions.within(() -> {
            Backfill backfill = locked(known);
            if (backfill.state() != State.APPLIED) {
                Backfills.require(backfill, State.OPEN);
                backfills.apply(known.id(), runs.apply(backfill, now()), now());
                audit.changed(actor, "applyBackfill", backfill.account().value(), "backfill", known.id(), backfill, find(known));
            }
            return find(known);
        });
    }

    /** @throws dev.headroom.error.HeadroomException NOT_FOUND, CONFLICT when it was not applied, or cannot be reversed */
    Backfill reverse(Actor actor, String id) {
        Backfills.requireRights(actor);
        Backfill known = known(id, "input.backfill");
        return transactions.within(() -> {
            Backfill backfill = locked(known);
            if (backfill.state() != State.REVERSED) {
                Backfills.require(backfill, State.APPLIED);
                runs.reverse(backfill, now());
                backfills.end(known.id(), State.REVERSED, now());
                audit.changed(actor, "reverseBackfill", backfill.account().value(), "backfill", known.id(), backfill, find(known));
            }
            return find(known);
        });
    }

    /** Room for its events is made before, for writers wait until that ends; not for those of a time of which none are kept: that is refused. */
    private Backfill known(String id, String field) {
        Backfill backfill = Ids.parse(id).flatMap(backfills::byId).orElseThrow(() -> Backfills.unknown(field));
        boolean kept = !backfill.range().from().isBefore(checks.kept(now()));
        if (kept && (backfill.state() == State.OPEN || backfill.state() == State.APPLIED)) {
            partitions.ensure(months(backfill.range()));
        }
        return backfill;
    }

    private static List<Instant> months(Period range) {
        return Stream.iterate(range.from(), range::contains, at -> at.atOffset(ZoneOffset.UTC).plusMonths(1).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).toInstant())
                .toList();
    }

    private Backfill locked(Backfill known) {
        return backfills.lockedWithOthers(known).orElseThrow();
    }

    private Backfill find(Backfill known) {
        return backfills.byId(known.id()).orElseThrow();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
