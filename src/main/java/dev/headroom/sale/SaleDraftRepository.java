package dev.headroom.sale;

import static dev.headroom.sale.jooq.Tables.DRAFT;
import static dev.headroom.sale.jooq.Tables.EDIT;

import dev.headroom.sale.SaleDraft.Kind;
import dev.headroom.sale.SaleDraft.Mark;
import dev.headroom.sale.SaleDraft.State;
import dev.headroom.sale.SaleSheet.BundleSheet;
import dev.headroom.sale.SaleSheet.OfferSheet;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

@Repository
class SaleDraftRepository {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DSLContext db;

    SaleDraftRepository(DSLContext db) {
        this.db = db;
    }

    /** False when another one that ends the same is open; waits for one that is being opened. */
    boolean insert(SaleDraft draft) {
        return db.insertInto(DRAFT)
                .set(DRAFT.ID, draft.id())
                .set(DRAFT.KIND, draft.kind().name())
                .set(DRAFT.ENDS, draft.ends())
                .set(DRAFT.SHEET, json(draft.sheet()))
                .set(DRAFT.STATE, draft.state().name())
                .set(DRAFT.REVISION, draft.revision())
                .set(DRAFT.OPENED_BY, draft.opened().by())
                .set(DRAFT.OPENED_AT, draft.opened().at())
                .set(DRAFT.CHANGED_BY, draft.changed().by())
                .set(DRAFT.CHANGED_AT, draft.changed().at())
                .onConflictDoNothing()
                .execute() == 1;
    }

    /** Who had a hand in it, with the revision that it has. */
    void touched(SaleDraft draft) {
        db.insertInto(EDIT)
                .set(EDIT.DRAFT_ID, draft.id())
                .set(EDIT.REVISION, draft.revision())
                .set(EDIT.ACTOR, draft.changed().by())
                .set(EDIT.AT, draft.changed().at())
                .execute();
    }

    Set<String> editors(UUID id) {
        return new HashSet<>(db.selectDistinct(EDIT.ACTOR).from(EDIT).where(EDIT.DRAFT_ID.eq(id)).fetch(EDIT.ACTOR));
    }

    /** For whoever has locked it. False when another one that ends the same was opened since. */
    boolean update(SaleDraft draft) {
        if (draft.open() && draft.ends() != null && open(draft.kind(), draft.ends()).filter(other -> !other.id().equals(draft.id())).isPresent()) {
            return false;
        }
        db.update(DRAFT)
                .set(DRAFT.SHEET, json(draft.sheet()))
                .set(DRAFT.STATE, draft.state().name())
                .set(DRAFT.REVISION, draft.revision())
                .set(DRAFT.CHANGED_BY, draft.changed().by())
                .set(DRAFT.CHANGED_AT, draft.changed().at())
                .set(DRAFT.CLOSED_BY, Optional.ofNullable(draft.closed()).map(Mark::by).orElse(null))
                .set(DRAFT.CLOSED_AT, Optional.ofNullable(draft.closed()).map(Mark::at).orElse(null))
                .where(DRAFT.ID.eq(draft.id()))
                .execute();
        return true;
    }

    /** Until the transaction ends nobody else opens a draft that ends the same, or takes one up again. */
    void alone(Kind kind, String ends) {
        db.execute("select pg_advisory_xact_lock(hashtextextended('sale ' || ? || ' ' || ?, 0))", kind.name(), ends);
    }

    Optional<SaleDraft> open(Kind kind, String ends) {
        return db.selectFrom(DRAFT).where(DRAFT.KIND.eq(kind.name()), DRAFT.ENDS.eq(ends), DRAFT.STATE.eq(State.OPEN.name())).fetchOptional(SaleDraftRepository::draft);
    }

    Optional<SaleDraft> byId(UUID id) {
        return db.selectFrom(DRAFT).where(DRAFT.ID.eq(id)).fetchOptional(SaleDraftRepository::draft);
    }

    /** Nobody else changes it until the transaction ends. */
    Optional<SaleDraft> locked(UUID id) {
        return db.selectFrom(DRAFT).where(DRAFT.ID.eq(id)).forUpdate().fetchOptional(SaleDraftRepository::draft);
    }

    /** The newest first. @param kind absent for both @param state absent for every one @param before the last one of the page before */
    List<SaleDraft> page(@Nullable Kind kind, @Nullable State state, @Nullable UUID before, int most) {
        return db.selectFrom(DRAFT)
                .where(kind == null ? DSL.noCondition() : DRAFT.KIND.eq(kind.name()))
                .and(state == null ? DSL.noCondition() : DRAFT.STATE.eq(state.name()))
                .and(before == null ? DSL.noCondition() : DRAFT.ID.lt(before))
                .orderBy(DRAFT.ID.desc())
                .limit(most)
                .fetch(SaleDraftRepository::draft);
    }

    private static @Nullable JSONB json(@Nullable SaleSheet sheet) {
        return sheet == null ? null : JSONB.valueOf(JSON.writeValueAsString(sheet));
    }

    private static SaleDraft draft(Record row) {
        Kind kind = Kind.valueOf(row.get(DRAFT.KIND));
        JSONB sheet = row.get(DRAFT.SHEET);
        Instant closed = row.get(DRAFT.CLOSED_AT);
        return new SaleDraft(
                row.get(DRAFT.ID), kind, row.get(DRAFT.ENDS), sheet == null ? null : JSON.readValue(sheet.data(), type(kind)), State.valueOf(row.get(DRAFT.STATE)), row.get(DRAFT.REVISION),
                new Mark(row.get(DRAFT.OPENED_BY), row.get(DRAFT.OPENED_AT)), new Mark(row.get(DRAFT.CHANGED_BY), row.get(DRAFT.CHANGED_AT)),
                closed == null ? null : new Mark(row.get(DRAFT.CLOSED_BY), closed));
    }

    private static Class<? extends SaleSheet> type(Kind kind) {
        return switch (kind) {
            case OFFER -> OfferSheet.class;
            case BUNDLE -> BundleSheet.class;
        };
    }
}
