package dev.headroom.impact;

import static dev.headroom.impact.jooq.Tables.RUN;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.impact.ImpactRun.State;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions.Holder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Runs, and how far each has come. */
@Repository
class RunRepository {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final DSLContext db;

    RunRepository(DSLContext db) {
        this.db = db;
    }

    /** Until the transaction ends nobody else begins a run of the plan. */
    void serialize(PlanId plan) {
        db.execute("select pg_advisory_xact_lock(hashtextextended({0}, 0))", val("impact:" + plan));
    }

    void insert(ImpactRun run) {
        db.insertInto(RUN)
                .set(RUN.ID, run.id())
                .set(RUN.PLAN_ID, run.next().plan().id().value())
                .set(RUN.VERSION, JSONB.valueOf(run.next().written()))
                .set(RUN.FINGERPRINT, run.fingerprint())
                .set(RUN.COMPARED_WITH, run.comparedWith() == null ? null : run.comparedWith().value())
                .set(RUN.ASKED_BY, run.askedBy())
                .set(RUN.BEGAN_AT, run.beganAt())
                .set(RUN.STATE, run.state().name())
                .set(RUN.TOTAL, run.total())
                .set(RUN.AMONG, run.among() == null ? null : JSONB.valueOf(JSON.writeValueAsString(run.among())))
                .execute();
    }

    Optional<ImpactRun> byId(UUID id) {
        return db.selectFrom(RUN).where(RUN.ID.eq(id)).fetchOptional(RunRepository::run);
    }

    Optional<ImpactRun> underWay(PlanId plan) {
        return db.selectFrom(RUN).where(RUN.PLAN_ID.eq(plan.value()), RUN.STATE.eq(State.RUNNING.name())).fetchOptional(RunRepository::run);
    }

    /** The oldest first. */
    List<UUID> underWay() {
        return db.select(RUN.ID).from(RUN).where(RUN.STATE.eq(State.RUNNING.name())).orderBy(RUN.BEGAN_AT, RUN.ID).fetch(RUN.ID);
    }

    /** Empty where it has ended, or somebody else works on it right now; nobody else does until the transaction ends. */
    Optional<ImpactRun> take(UUID id) {
        return db.selectFrom(RUN).where(RUN.ID.eq(id), RUN.STATE.eq(State.RUNNING.name())).forUpdate().skipLocked().fetchOptional(RunRepository::run);
    }

    /** Notes a page, in the transaction that writes its lines. @param looked at how many subscriptions */
    void advance(ImpactRun run, Holder position, int looked) {
        db.update(RUN)
                .set(RUN.DONE, RUN.DONE.plus(looked))
                .set(RUN.AFTER_ACCOUNT_ID, position.account().value())
                .set(RUN.AFTER_SUBSCRIPTION_ID, position.subscription().value())
                .set(RUN.ATTEMPTS, 0)
                .where(RUN.ID.eq(run.id()))
                .execute();
    }

    void finish(ImpactRun run, ImpactSummary summary, Instant at) {
        db.update(RUN)
                .set(RUN.STATE, State.DONE.name())
                .set(RUN.TOTAL, summary.accounts())
                .set(RUN.DONE, summary.accounts())
                .set(RUN.SUMMARY, JSONB.valueOf(JSON.writeValueAsString(summary)))
                .set(RUN.FINISHED_AT, at)
                .where(RUN.ID.eq(run.id()))
                .execute();
    }

    /** Ends one that is under way without a result; waits for whoever writes a page of it. False when it has ended before. */
    boolean end(UUID id, State as, @Nullable String failure, Instant at) {
        return db.update(RUN)
                .set(RUN.STATE, as.name())
                .set(RUN.FAILURE, failure)
                .set(RUN.FINISHED_AT, at)
                .where(RUN.ID.eq(id), RUN.STATE.eq(State.RUNNING.name()))
                .execute() == 1;
    }

    /** @return how often pages of it have failed since one succeeded */
    int failed(UUID id) {
        return db.update(RUN).set(RUN.ATTEMPTS, RUN.ATTEMPTS.plus(1)).where(RUN.ID.eq(id)).returningResult(RUN.ATTEMPTS).fetchOptional(RUN.ATTEMPTS).orElse(0);
    }

    /** Those whose lines nobody can see, and those that ended before an instant. */
    List<UUID> outlived(Instant before) {
        return db.select(RUN.ID)
                .from(RUN)
                .where(condition(RUN.LINES_KEPT), not(condition(RUN.NAMED)), RUN.FINISHED_AT.isNotNull(), RUN.FINISHED_AT.lt(before).or(RUN.STATE.ne(State.DONE.name())))
                .orderBy(RUN.FINISHED_AT)
                .fetch(RUN.ID);
    }

    void name(UUID id) {
        db.update(RUN).set(RUN.NAMED, true).where(RUN.ID.eq(id)).execute();
    }

    void linesGone(UUID id) {
        db.update(RUN).set(RUN.LINES_KEPT, false).where(RUN.ID.eq(id)).execute();
    }

    private static ImpactRun run(Record row) {
        UUID account = row.get(RUN.AFTER_ACCOUNT_ID);
        UUID compared = row.get(RUN.COMPARED_WITH);
        JSONB summary = row.get(RUN.SUMMARY);
        JSONB among = row.get(RUN.AMONG);
        return new ImpactRun(
                row.get(RUN.ID), PlanVersion.read(row.get(RUN.VERSION).data()), row.get(RUN.FINGERPRINT), compared == null ? null : new PlanVersionId(compared),
                row.get(RUN.ASKED_BY), row.get(RUN.BEGAN_AT), State.valueOf(row.get(RUN.STATE)), row.get(RUN.TOTAL), row.get(RUN.DONE),
                account == null ? null : new Holder(new AccountId(account), new SubscriptionId(row.get(RUN.AFTER_SUBSCRIPTION_ID))),
                row.get(RUN.FAILURE), row.get(RUN.FINISHED_AT), summary == null ? null : JSON.readValue(summary.data(), ImpactSummary.class),
                row.get(RUN.LINES_KEPT), among == null ? null : JSON.readValue(among.data(), Segment.class));
    }
}
