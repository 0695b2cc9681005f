package dev.headroom.rollout;

import static dev.headroom.rollout.jooq.Tables.MOVE;
import static dev.headroom.rollout.jooq.Tables.ROLLOUT;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.draft.DraftId;
import dev.headroom.rollout.Rollout.Dates;
import dev.headroom.rollout.Rollout.Decision;
import dev.headroom.rollout.Rollout.State;
import dev.headroom.rollout.Rollout.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

@Repository
class RolloutRepository {

    private static final JsonMapper JSON = JsonMapper.shared();
    /** Of moves that still ask for the version to be on sale. */
    private static final List<String> TO_BEGIN = List.of("WAITING", "NOTIFIED", "MOVING");

    private final DSLContext db;

    RolloutRepository(DSLContext db) {
        this.db = db;
    }

    /** Until the transaction ends nobody else decides about the plan or add-on. */
    void serialize(PlanId plan) {
        db.execute("select pg_advisory_xact_lock(hashtextextended({0}, 0))", val("rollout:" + plan));
    }

    void insert(Rollout rollout) {
        db.insertInto(ROLLOUT)
                .set(ROLLOUT.ID, rollout.id())
                .set(ROLLOUT.DRAFT_ID, rollout.draft() == null ? null : rollout.draft().value())
                .set(ROLLOUT.REVISION, rollout.revision())
                .set(ROLLOUT.PLAN_ID, rollout.planId().value())
                .set(ROLLOUT.PLAN_KEY, rollout.plan())
                .set(ROLLOUT.VERSION_ID, rollout.version().value())
                .set(ROLLOUT.NUMBER, rollout.number())
                .set(ROLLOUT.IMPACT_ID, rollout.impact())
                .set(ROLLOUT.CHOICE, JSONB.valueOf(JSON.writeValueAsString(rollout.terms())))
                .set(ROLLOUT.REASON, rollout.reason())
                .set(ROLLOUT.STATE, rollout.state().name())
                .set(ROLLOUT.DECIDED_BY, rollout.decision().by())
                .set(ROLLOUT.DECIDED_AT, rollout.decision().at())
                .set(ROLLOUT.PUBLISH_AT, rollout.dates().publishAt())
                .execute();
    }

    Optional<Rollout> byId(UUID id) {
        return db.selectFrom(ROLLOUT).where(ROLLOUT.ID.eq(id)).fetchOptional(RolloutRepository::rollout);
    }

    /** Nobody else turns it until the transaction ends. */
    Optional<Rollout> locked(UUID id) {
        return db.selectFrom(ROLLOUT).where(ROLLOUT.ID.eq(id)).forUpdate().fetchOptional(RolloutRepository::rollout);
    }

    /** Nobody turns it until the transaction ends, though others may be at work on it too. */
    boolean runs(UUID id) {
        return db.select(ROLLOUT.STATE).from(ROLLOUT).where(ROLLOUT.ID.eq(id)).forShare().fetchOptional(ROLLOUT.STATE).filter(State.RUNNING.name()::equals).isPresent();
    }

    /** Those whose date has come, the earliest first. */
    List<UUID> due(Instant now) {
        return db.select(ROLLOUT.ID).from(ROLLOUT)
                .where(ROLLOUT.STATE.eq(State.SCHEDULED.name()), ROLLOUT.PUBLISH_AT.le(now))
                .orderBy(ROLLOUT.PUBLISH_AT, ROLLOUT.ID)
                .fetch(ROLLOUT.ID);
    }

    /** Empty where it does not wait for its date any more, or somebody else is at it. */
    Optional<Rollout> takeScheduled(UUID id) {
        return db.selectFrom(ROLLOUT).where(ROLLOUT.ID.eq(id), ROLLOUT.STATE.eq(State.SCHEDULED.name())).forUpdate().skipLocked().fetchOptional(RolloutRepository::rollout);
    }

    /** One of a plan or add-on that waits for its date, or has somebody left to begin with. */
    Optional<Rollout> notOver(PlanId plan) {
        return db.selectFrom(ROLLOUT)
                .where(ROLLOUT.PLAN_ID.eq(plan.value()))
                .and(ROLLOUT.STATE.eq(State.SCHEDULED.name()).or(ROLLOUT.STATE.in(State.RUNNING.name(), State.PAUSED.name())
                        .and(exists(selectOne().from(MOVE).where(MOVE.ROLLOUT_ID.eq(ROLLOUT.ID), MOVE.STATE.in(TO_BEGIN))))))
                .orderBy(ROLLOUT.ID.desc())
                .limit(1)
                .fetchOptional(RolloutRepository::rollout);
    }

    /** What was published of a plan or add-on last. */
    Optional<Rollout> lastPublished(PlanId plan) {
        return db.selectFrom(ROLLOUT)
                .where(ROLLOUT.PLAN_ID.eq(plan.value()), ROLLOUT.DRAFT_ID.isNotNull(), ROLLOUT.PUBLISHED_AT.isNotNull())
                .orderBy(ROLLOUT.PUBLISHED_AT.desc(), ROLLOUT.ID.desc())
                .limit(1)
                .fetchOptional(RolloutRepository::rollout);
    }

    /** What has become of a draft, or was decided of it last; not what was taken back. */
    Optional<Rollout> of(DraftId draft) {
        return db.selectFrom(ROLLOUT)
                .where(ROLLOUT.DRAFT_ID.eq(draft.value()), ROLLOUT.STATE.ne(State.CANCELED.name()))
                .orderBy(ROLLOUT.ID.desc())
                .limit(1)
                .fetchOptional(RolloutRepository::rollout);
    }

    /**
     * Those that somebody should see to, the last first: what failed at its date, what is held up, what has left somebody behind; none after which
     * something else was decided of the same plan.
     *
     * @param since of what is over, when that was at the earliest
     */
    List<Rollout> pressing(Instant since, int most) {
        dev.headroom.rollout.jooq.tables.Rollout later = ROLLOUT.as("later");
        Condition failed = ROLLOUT.STATE.eq(State.FAILED.name()).and(ROLLOUT.FINISHED_AT.ge(since));
        Condition left = ROLLOUT.STATE.eq(State.RUNNING.name()).or(ROLLOUT.STATE.eq(State.DONE.name()).and(ROLLOUT.FINISHED_AT.ge(since)))
                .and(ROLLOUT.WITHDRAWN_AT.isNull())
                .and(exists(selectOne().from(MOVE).where(MOVE.ROLLOUT_ID.eq(ROLLOUT.ID), MOVE.STATE.eq("FAILED"))));
        return db.selectFrom(ROLLOUT)
                .where(failed.or(ROLLOUT.STATE.eq(State.PAUSED.name())).or(left))
                .and(notExists(selectOne().from(later).where(later.PLAN_ID.eq(ROLLOUT.PLAN_ID), later.ID.gt(ROLLOUT.ID), later.STATE.ne(State.CANCELED.name()))))
                .orderBy(ROLLOUT.ID.desc())
                .limit(most)
                .fetch(RolloutRepository::rollout);
    }

    /**
     * The newest first.
     *
     * @param plan   key; absent for every one
     * @param before the last one of the page before
     */
    List<Rollout> page(@Nullable State state, @Nullable String plan, @Nullable UUID before, int most) {
        return db.selectFrom(ROLLOUT)
                .where(state == null ? noCondition() : ROLLOUT.STATE.eq(state.name()))
                .and(plan == null ? noCondition() : ROLLOUT.PLAN_KEY.eq(plan))
                .and(before == null ? noCondition() : ROLLOUT.ID.lt(before))
                .orderBy(ROLLOUT.ID.desc())
                .limit(most)
                .fetch(RolloutRepository::rollout);
    }

    /** @param finished absent where something is left to be done */
    void published(Rollout rollout, @Nullable PlanVersionId previous, State as, Instant at, @Nullable Instant finished) {
        db.update(ROLLOUT)
                .set(ROLLOUT.STATE, as.name())
                .set(ROLLOUT.PREVIOUS_ID, previous == null ? null : previous.value())
                .set(ROLLOUT.PUBLISHED_AT, at)
                .set(ROLLOUT.FINISHED_AT, finished)
                .where(ROLLOUT.ID.eq(rollout.id()))
                .execute();
    }

    /** For whoever has locked it. @param finished absent where it goes on */
    void turn(UUID id, State to, @Nullable Instant finished, @Nullable String failure) {
        db.update(ROLLOUT)
                .set(ROLLOUT.STATE, to.name())
                .set(ROLLOUT.FINISHED_AT, finished)
                .set(ROLLOUT.FAILURE, failure)
                .setNull(ROLLOUT.COUNTS)
                .where(ROLLOUT.ID.eq(id))
                .execute();
    }

    void withdrawn(UUID id, Instant at) {
        db.update(ROLLOUT).set(ROLLOUT.WITHDRAWN_AT, at).where(ROLLOUT.ID.eq(id)).execute();
    }

    private static Rollout rollout(Record row) {
        UUID previous = row.get(ROLLOUT.PREVIOUS_ID);
        UUID draft = row.get(ROLLOUT.DRAFT_ID);
        return new Rollout(
                row.get(ROLLOUT.ID), draft == null ? null : new DraftId(draft), row.get(ROLLOUT.REVISION), new PlanId(row.get(ROLLOUT.PLAN_ID)), row.get(ROLLOUT.PLAN_KEY),
                new PlanVersionId(row.get(ROLLOUT.VERSION_ID)), row.get(ROLLOUT.NUMBER), previous == null ? null : new PlanVersionId(previous), row.get(ROLLOUT.IMPACT_ID),
                JSON.readValue(row.get(ROLLOUT.CHOICE).data(), Terms.class), row.get(ROLLOUT.REASON), State.valueOf(row.get(ROLLOUT.STATE)),
                new Decision(row.get(ROLLOUT.DECIDED_BY), row.get(ROLLOUT.DECIDED_AT)),
                new Dates(row.get(ROLLOUT.PUBLISH_AT), row.get(ROLLOUT.PUBLISHED_AT), row.get(ROLLOUT.WITHDRAWN_AT), row.get(ROLLOUT.FINISHED_AT)), row.get(ROLLOUT.FAILURE));
    }
}
