package dev.headroom.impact;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.ImpactReceipt;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.impact.ImpactRun.State;
import dev.headroom.subscription.SubscriptionId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What a version that is not sold would do to everybody: begun, watched, given up, and attested. For whoever may CATALOG. */
@Service
public class Impacts {

    private static final String OPERATION = "previewImpact";
    private static final String MOVE = "previewMove";

    private final RunRepository runs;
    private final Pages pages;
    private final Catalog catalog;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Impacts(RunRepository runs, Pages pages, Catalog catalog, IdempotencyKeys keys, AuditEntries audit, TransactionTemplate transaction, InstantSource clock) {
        this.runs = runs;
        this.pages = pages;
        this.catalog = catalog;
        this.keys = keys;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What makes two questions the same. */
    private record Asked(String plan, String fingerprint) {}

    /** The same of a version that is sold. */
    private record AskedAmong(String plan, int version, Segment among) {}

    /**
     * Begins to look. The same key again answers the same run; while one of the same content is under way that is the answer, and one of another
     * content is superseded.
     *
     * @param next not in the catalogue itself; of a plan or add-on that is new, nobody can have another version, and that is all there is to see
     */
    public ImpactRun start(Actor actor, String idempotencyKey, PlanVersion next) {
        return start(actor, OPERATION, idempotencyKey, new Asked(next.plan().key(), next.fingerprint()), next, null);
    }

    /**
     * The same of a version that is sold, for some of those who have another one.
     *
     * @throws HeadroomException INVALID_INPUT, naming the field
     */
    public ImpactRun start(Actor actor, String idempotencyKey, PlanVersion sold, Segment among) {
        among.checked("input.segment");
        return start(actor, MOVE, idempotencyKey, new AskedAmong(sold.plan().key(), sold.number(), among), sold, among);
    }

    private ImpactRun start(Actor actor, String operation, String idempotencyKey, Object asked, PlanVersion next, @Nullable Segment among) {
        actor.requireEveryAccount(Permission.CATALOG);
        return Objects.requireNonNull(transaction.execute(_ -> {
            runs.serialize(next.plan().id());
            ImpactRun fresh = fresh(actor, next, among);
            Optional<ImpactRun> running = runs.underWay(next.plan().id());
            Optional<ImpactRun> same = running.filter(run -> run.fingerprint().equals(fresh.fingerprint()) && Objects.equals(run.among(), among));
            return switch (keys.claim(actor, operation, idempotencyKey, asked, same.map(ImpactRun::id).orElse(fresh.id()))) {
                case Claim.Repeat(UUID made) -> runs.byId(made).orElseThrow();
                case Claim.First() -> same.orElseGet(() -> {
                    running.ifPresent(run -> runs.end(run.id(), State.SUPERSEDED, null, clock.instant()));
                    return insert(actor, operation, asked, fresh);
                });
            };
        }));
    }

    private ImpactRun fresh(Actor actor, PlanVersion next, @Nullable Segment among) {
        return new ImpactRun(
                Ids.next(), next, next.fingerprint(), catalog.snapshot().onSale(next.plan()).map(PlanVersion::id).orElse(null), actor.name(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS), State.RUNNING, pages.total(next, among), 0, null, null, null, null, true, among);
    }

    private ImpactRun insert(Actor actor, String operation, Object asked, ImpactRun fresh) {
        runs.insert(fresh);
        audit.created(actor, operation, null, "impact", fresh.id(), asked);
        if (catalog.snapshot().versionsOf(fresh.next().plan()).isEmpty()) {
            runs.finish(fresh, new ImpactSummary(List.of(), List.of()), clock.instant());
        }
        return runs.byId(fresh.id()).orElseThrow();
    }

    public Optional<ImpactRun> find(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.CATALOG);
        return runs.byId(id);
    }

    /** @throws HeadroomException NOT_FOUND */
    public ImpactRun byId(Actor actor, UUID id) {
        return find(actor, id).orElseThrow(() -> HeadroomException.notFound("impact", "No such impact"));
    }

    /**
     * What the version of a run would do to one subscription now, whatever it was when the run looked; empty where that does not run, or has nothing of the
     * plan or add-on. Only Headroom itself may ask, for whoever moves it.
     */
    public Optional<ImpactLine> anew(Actor.System actor, UUID run, AccountId account, SubscriptionId subscription) {
        return pages.one(byId(actor, run).at(clock.instant().truncatedTo(ChronoUnit.SECONDS)), account, subscription);
    }

    /** Gives one up that is under way; one that has ended stays as it is. */
    public ImpactRun cancel(Actor actor, UUID id) {
        ImpactRun before = byId(actor, id);
        transaction.executeWithoutResult(_ -> {
            if (runs.end(id, State.CANCELED, null, clock.instant())) {
                audit.changed(actor, "cancelImpact", null, "impact", id, before.state(), State.CANCELED);
            }
        });
        return byId(actor, id);
    }

    /**
     * Has what a decision is made by be kept as long as that, line by line; in the transaction of whoever records it.
     *
     * @return what it comes to
     * @throws HeadroomException NOT_FOUND; CONFLICT while it is not done, or where it has ended otherwise
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public ImpactSummary named(Actor actor, UUID id) {
        ImpactRun run = done(actor, id);
        runs.name(id);
        return Objects.requireNonNull(run.summary());
    }

    /**
     * What publishing a version asks for.
     *
     * @throws HeadroomException NOT_FOUND; CONFLICT while it is not done, or where it has ended otherwise
     */
    public ImpactReceipt receipt(Actor actor, UUID id) {
        ImpactRun run = done(actor, id);
        return new ImpactReceipt(run.id(), run.next().plan().id(), run.fingerprint(), run.comparedWith(), run.beganAt());
    }

    private ImpactRun done(Actor actor, UUID id) {
        ImpactRun run = byId(actor, id);
        if (run.state() != State.DONE) {
            throw HeadroomException.of(ErrorCode.CONFLICT, "impact", "Only what was looked at whole can be shown: this is " + run.state());
        }
        return run;
    }
}
