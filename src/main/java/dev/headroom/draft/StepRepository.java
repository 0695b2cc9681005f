package dev.headroom.draft;

import static dev.headroom.draft.jooq.Tables.CHANGE;
import static dev.headroom.draft.jooq.Tables.STEP;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.select;

import dev.headroom.draft.Draft.Mark;
import dev.headroom.draft.DraftStep.Act;
import dev.headroom.draft.DraftStep.PartChange;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record8;
import org.jooq.Records;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What was made of drafts, step by step. */
@Repository
class StepRepository {

    private static final Field<List<PartChange>> CHANGES = multiset(select(CHANGE.PART, CHANGE.BEFORE, CHANGE.AFTER)
                    .from(CHANGE)
                    .where(CHANGE.DRAFT_ID.eq(STEP.DRAFT_ID), CHANGE.REVISION.eq(STEP.REVISION))
                    .orderBy(CHANGE.PART))
            .convertFrom(rows -> rows.map(row -> change(row.value1(), row.value2(), row.value3())));

    private final DSLContext db;

    StepRepository(DSLContext db) {
        this.db = db;
    }

    void insert(DraftId draft, DraftStep step) {
        db.insertInto(STEP)
                .set(STEP.DRAFT_ID, draft.value())
                .set(STEP.REVISION, step.revision())
                .set(STEP.ACT, step.act().name())
                .set(STEP.OF_REVISION, step.of())
                .set(STEP.UNDONE, step.undone())
                .set(STEP.MOVED, step.moved())
                .set(STEP.ACTOR, step.mark().by())
                .set(STEP.AT, step.mark().at())
                .execute();
        step.changes().forEach(change -> insert(draft, step.revision(), change));
    }

    private void insert(DraftId draft, int revision, PartChange change) {
        db.insertInto(CHANGE)
                .set(CHANGE.DRAFT_ID, draft.value())
                .set(CHANGE.REVISION, revision)
                .set(CHANGE.PART, change.part().path())
                .set(CHANGE.BEFORE, json(change.before()))
                .set(CHANGE.AFTER, json(change.after()))
                .execute();
    }

    /** Notes that an edit was taken back, or came into force again, with a revision. */
    void move(DraftId draft, int edit, boolean undone, int revision) {
        db.update(STEP).set(STEP.UNDONE, undone).set(STEP.MOVED, revision).where(of(draft), STEP.REVISION.eq(edit)).execute();
    }

    /** The last edit of an actor that is in force. */
    Optional<DraftStep> lastInForce(DraftId draft, String actor) {
        return steps().where(of(draft), editsOf(actor), STEP.UNDONE.isFalse()).orderBy(STEP.REVISION.desc()).limit(1).fetchOptional(Records.mapping(StepRepository::step));
    }

    /** The edit of an actor that was taken back last, unless the actor has made another one since. */
    Optional<DraftStep> lastUndone(DraftId draft, String actor) {
        Field<Integer> newest = DSL.field(select(max(STEP.REVISION)).from(STEP).where(of(draft), editsOf(actor)));
        return steps().where(of(draft), editsOf(actor), STEP.UNDONE.isTrue(), STEP.MOVED.gt(newest))
                .orderBy(STEP.MOVED.desc())
                .limit(1)
                .fetchOptional(Records.mapping(StepRepository::step));
    }

    /** What was made of some parts after a revision, the oldest first. */
    List<DraftStep> since(DraftId draft, int revision, Collection<DraftPart> parts) {
        return steps().where(of(draft), STEP.REVISION.gt(revision), DSL.exists(select(CHANGE.PART)
                        .from(CHANGE)
                        .where(CHANGE.DRAFT_ID.eq(STEP.DRAFT_ID), CHANGE.REVISION.eq(STEP.REVISION), CHANGE.PART.in(parts.stream().map(DraftPart::path).toList()))))
                .orderBy(STEP.REVISION)
                .fetch(Records.mapping(StepRepository::step));
    }

    boolean everHad(DraftId draft, DraftPart part) {
        return db.fetchExists(CHANGE, CHANGE.DRAFT_ID.eq(draft.value()), CHANGE.PART.eq(part.path()));
    }

    /**
     * The newest first.
     *
     * @param before the revision of the last one of the page before
     */
    List<DraftStep> page(DraftId draft, @Nullable Integer before, int most) {
        return steps().where(of(draft))
                .and(before == null ? DSL.noCondition() : STEP.REVISION.lt(before))
                .orderBy(STEP.REVISION.desc())
                .limit(most)
                .fetch(Records.mapping(StepRepository::step));
    }

    Set<String> editors(DraftId draft) {
        return db.selectDistinct(STEP.ACTOR).from(STEP).where(of(draft)).fetchSet(STEP.ACTOR);
    }

    private SelectJoinStep<Record8<Integer, String, Integer, Boolean, Integer, String, Instant, List<PartChange>>> steps() {
        return db.select(STEP.REVISION, STEP.ACT, STEP.OF_REVISION, STEP.UNDONE, STEP.MOVED, STEP.ACTOR, STEP.AT, CHANGES).from(STEP);
    }

    private static DraftStep step(
            int revision, String act, @Nullable Integer of, boolean undone, int moved, String actor, Instant at, List<PartChange> changes) {
        return new DraftStep(revision, Act.valueOf(act), of, undone, moved, new Mark(actor, at), changes);
    }

    private static Condition of(DraftId draft) {
        return STEP.DRAFT_ID.eq(draft.value());
    }

    private static Condition editsOf(String actor) {
        return STEP.ACT.eq(Act.EDIT.name()).and(STEP.ACTOR.eq(actor));
    }

    private static PartChange change(String path, @Nullable JSONB before, @Nullable JSONB after) {
        DraftPart part = DraftPart.parse(path);
        return new PartChange(part, value(part, before), value(part, after));
    }

    private static @Nullable Object value(DraftPart part, @Nullable JSONB stored) {
        return stored == null ? null : SheetJson.part(part, stored.data());
    }

    private static @Nullable JSONB json(@Nullable Object value) {
        return value == null ? null : JSONB.valueOf(SheetJson.write(value));
    }
}
