package dev.headroom.draft;

import static dev.headroom.draft.jooq.Tables.DRAFT;
import static java.util.stream.Collectors.toMap;

import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.draft.Draft.Mark;
import dev.headroom.draft.Draft.State;
import dev.headroom.draft.Draft.Subject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class DraftRepository {

    private final DSLContext db;

    DraftRepository(DSLContext db) {
        this.db = db;
    }

    /** False when another one of the key is open; waits for one that is being opened. */
    boolean insert(Draft draft) {
        Subject subject = draft.subject();
        return db.insertInto(DRAFT)
                .set(DRAFT.ID, draft.id().value())
                .set(DRAFT.PRODUCT_ID, subject.product().value())
                .set(DRAFT.PLAN_ID, subject.plan().value())
                .set(DRAFT.PLAN_KEY, subject.key())
                .set(DRAFT.KIND, subject.kind().name())
                .set(DRAFT.BASE_ID, Optional.ofNullable(subject.base()).map(PlanVersionId::value).orElse(null))
                .set(DRAFT.ACCOUNT_ID, subject.account())
                .set(DRAFT.STATE, draft.state().name())
                .set(DRAFT.REVISION, draft.revision())
                .set(DRAFT.SHEET, JSONB.valueOf(SheetJson.write(draft.sheet())))
                .set(DRAFT.OPENED_BY, draft.opened().by())
                .set(DRAFT.OPENED_AT, draft.opened().at())
                .set(DRAFT.CHANGED_BY, draft.changed().by())
                .set(DRAFT.CHANGED_AT, draft.changed().at())
                .onConflictDoNothing()
                .execute() == 1;
    }

    /** For whoever has locked it. */
    void update(Draft draft) {
        db.update(DRAFT)
                .set(DRAFT.STATE, draft.state().name())
                .set(DRAFT.REVISION, draft.revision())
                .set(DRAFT.SHEET, JSONB.valueOf(SheetJson.write(draft.sheet())))
                .set(DRAFT.CHANGED_BY, draft.changed().by())
                .set(DRAFT.CHANGED_AT, draft.changed().at())
                .set(DRAFT.CLOSED_BY, Optional.ofNullable(draft.closed()).map(Mark::by).orElse(null))
                .set(DRAFT.CLOSED_AT, Optional.ofNullable(draft.closed()).map(Mark::at).orElse(null))
                .set(DRAFT.VERSION_ID, Optional.ofNullable(draft.published()).map(PlanVersionId::value).orElse(null))
                .set(DRAFT.PLANNED_AT, draft.plannedAt())
                .where(DRAFT.ID.eq(draft.id().value()))
                .execute();
    }

    Optional<Draft> byId(DraftId id) {
        return db.selectFrom(DRAFT).where(DRAFT.ID.eq(id.value())).fetchOptional(DraftRepository::draft);
    }

    /** Nobody else changes it until the transaction ends. */
    Optional<Draft> locked(DraftId id) {
        return db.selectFrom(DRAFT).where(DRAFT.ID.eq(id.value())).forUpdate().fetchOptional(DraftRepository::draft);
    }

    Optional<Draft> open(String key) {
        return db.selectFrom(DRAFT).where(DRAFT.PLAN_KEY.eq(key), DRAFT.STATE.eq(State.OPEN.name())).fetchOptional(DraftRepository::draft);
    }

    /** Those of plans that have one; one statement. */
    Map<PlanId, Draft> open(Collection<PlanId> plans) {
        return db.selectFrom(DRAFT)
                .where(DRAFT.PLAN_ID.in(plans.stream().map(PlanId::value).toList()), DRAFT.STATE.eq(State.OPEN.name()))
                .fetch(DraftRepository::draft)
                .stream()
                .collect(toMap(draft -> draft.subject().plan(), Function.identity()));
    }

    List<Draft> open() {
        return db.selectFrom(DRAFT).where(DRAFT.STATE.eq(State.OPEN.name())).orderBy(DRAFT.ID.desc()).fetch(DraftRepository::draft);
    }

    int untouched(Instant since, int most) {
        return db.fetchCount(db.selectOne().from(DRAFT)
                .where(DRAFT.STATE.eq(State.OPEN.name()), DRAFT.CHANGED_AT.lt(since), DRAFT.PLANNED_AT.isNull())
                .limit(most));
    }

    List<Draft> open(UUID account) {
        return db.selectFrom(DRAFT)
                .where(DRAFT.ACCOUNT_ID.eq(account), DRAFT.STATE.eq(State.OPEN.name()))
                .orderBy(DRAFT.ID.desc())
                .fetch(DraftRepository::draft);
    }

    /** Until the transaction ends nobody else opens a draft of the key, or takes one up again. */
    void alone(String key) {
        db.execute("select pg_advisory_xact_lock(hashtextextended('draft ' || ?, 0))", key);
    }

    /**
     * The newest first.
     *
     * @param state  absent for every one
     * @param before the last one of the page before
     */
    List<Draft> page(@Nullable State state, @Nullable UUID before, int most) {
        return db.selectFrom(DRAFT)
                .where(state == null ? DSL.noCondition() : DRAFT.STATE.eq(state.name()))
                .and(before == null ? DSL.noCondition() : DRAFT.ID.lt(before))
                .orderBy(DRAFT.ID.desc())
                .limit(most)
                .fetch(DraftRepository::draft);
    }

    private static Draft draft(Record row) {
        UUID base = row.get(DRAFT.BASE_ID);
        UUID version = row.get(DRAFT.VERSION_ID);
        Instant closed = row.get(DRAFT.CLOSED_AT);
        return new Draft(
                new DraftId(row.get(DRAFT.ID)),
                new Subject(
                        new ProductId(row.get(DRAFT.PRODUCT_ID)), new PlanId(row.get(DRAFT.PLAN_ID)), row.get(DRAFT.PLAN_KEY),
                        Plan.Kind.valueOf(row.get(DRAFT.KIND)), base == null ? null : new PlanVersionId(base), row.get(DRAFT.ACCOUNT_ID)),
                State.valueOf(row.get(DRAFT.STATE)), row.get(DRAFT.REVISION), SheetJson.sheet(row.get(DRAFT.SHEET).data()),
                new Mark(row.get(DRAFT.OPENED_BY), row.get(DRAFT.OPENED_AT)), new Mark(row.get(DRAFT.CHANGED_BY), row.get(DRAFT.CHANGED_AT)),
                closed == null ? null : new Mark(row.get(DRAFT.CLOSED_BY), closed), version == null ? null : new PlanVersionId(version), row.get(DRAFT.PLANNED_AT));
    }
}
