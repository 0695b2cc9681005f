package dev.headroom.history;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.history.HistoryRun.Counts;
import dev.headroom.history.HistoryRun.Failure;
import dev.headroom.history.HistoryRun.Source;
import dev.headroom.history.HistoryRun.State;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Histories whatever tells them: has what Stripe ever sold and billed read and looked at, tries again what failed, and discards what nobody wants. For whoever may see REVENUE; what is being brought
 * is for whoever may ADMIN too.
 */
@Service
public class HistoryRuns {

    private static final String HISTORY = "historyFile";
    private static final String AT_STRIPE = "Stripe";
    private static final Set<State> DISCARDABLE = Set.of(State.OPEN, State.SUBSCRIPTIONS, State.INVOICES, State.LOOKED_AT, State.FAILED);

    private final HistoryRunRepository runs;
    private final HistoryLineRepository lines;
    private final HistoryReportRepository report;
    private final StripeFetchRepository fetched;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final InstantSource clock;

    HistoryRuns(
            HistoryRunRepository runs, HistoryLineRepository lines, HistoryReportRepository report, StripeFetchRepository fetched, IdempotencyKeys keys, AuditEntries audit,
            InstantSource clock) {
        this.runs = runs;
        this.lines = lines;
        this.report = report;
        this.fetched = fetched;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** Asks to read what Stripe ever sold and billed to customers that are accounts here. */
    public record ReadStripe(String idempotencyKey) {}

    /** Which one. */
    public record OfHistory(String history) {}

    /**
     * Begins to read at Stripe, and has what comes of it looked at; nothing is changed there, and nothing is written here but the report.
     *
     * @throws HeadroomException CONFLICT while another one is being read there
     */
    @Transactional
    public HistoryRun readStripe(Actor actor, ReadStripe command) {
        actor.requireEveryAccount(Permission.REVENUE);
        UUID id = Ids.next();
        HistoryRun run = new HistoryRun(
                id, Source.STRIPE, AT_STRIPE, State.SUBSCRIPTIONS, actor.name(), clock.instant(), 0, 0, new Counts(0, 0, 0, 0, 0, 0, 0), null, null, null);
        return switch (keys.claim(actor, "readRevenueHistoryFromStripe", command.idempotencyKey(), command, id)) {
            case Claim.Repeat(UUID made) -> runs.byId(made).orElseThrow();
            case Claim.First() -> {
                if (!runs.insert(run)) {
                    throw conflict("input", "Stripe is being read already");
                }
                audit.created(actor, "readRevenueHistoryFromStripe", null, HISTORY, id, run);
                yield run;
            }
        };
    }

    /**
     * Goes on with one that failed where it failed; safe to repeat.
     *
     * @throws HeadroomException NOT_FOUND; CONFLICT unless it failed, or goes on again
     */
    @Transactional
    public HistoryRun retry(Actor actor, OfHistory command) {
        HistoryRun run = held(actor, command);
        if (run.state().working()) {
            return run;
        }
        Failure failure = run.failure();
        if (failure == null) {
            throw conflict("input.history", "It is " + run.state() + ", but would have to be " + State.FAILED);
        }
        if (Set.of(State.SUBSCRIPTIONS, State.INVOICES).contains(failure.in()) && runs.atStripe()) {
            throw conflict("input.history", "Stripe is being read already");
        }
        runs.retry(run.id(), failure.in(), clock.instant());
        HistoryRun after = runs.byId(run.id()).orElseThrow();
        audit.changed(actor, "retryRevenueHistory", null, HISTORY, run.id(), run, after);
        return after;
    }

    /**
     * Deletes what was read; what was brought stays. Safe to repeat.
     *
     * @throws HeadroomException NOT_FOUND; CONFLICT for one that is being read, looked at or brought, or was brought
     */
    @Transactional
    public HistoryRun discard(Actor actor, OfHistory command) {
        HistoryRun run = held(actor, command);
        if (run.state() == State.DISCARDED) {
            return run;
        }
        if (!DISCARDABLE.contains(run.state())) {
            throw conflict("input.history", "It is " + run.state() + ", and cannot be discarded");
        }
        discarded(run, clock.instant());
        HistoryRun after = runs.byId(run.id()).orElseThrow();
        audit.changed(actor, "discardRevenueHistory", null, HISTORY, run.id(), run, after);
        return after;
    }

    private void discarded(HistoryRun run, Instant at) {
        lines.deleteParts(run.id());
        lines.forget(run.id());
        fetched.forget(run.id());
        if (run.broughtBy() == null) {
            report.forget(run.id());
        } else {
            report.forgetNames(run.id());
        }
        runs.discard(run.id(), at);
    }

    private HistoryRun held(Actor actor, OfHistory command) {
        actor.requireEveryAccount(Permission.REVENUE);
        HistoryRun run = Ids.parse(command.history()).flatMap(runs::locked).orElseThrow(() -> HeadroomException.notFound("input.history", "No such history"));
        if (run.broughtBy() != null) {
            actor.requireEveryAccount(Permission.ADMIN);
        }
        return run;
    }

    private static HeadroomException conflict(String field, String message) {
        return HeadroomException.of(ErrorCode.CONFLICT, field, message);
    }
}
