package dev.headroom.sync;

import static dev.headroom.sync.jooq.Tables.CATALOG_APPLY;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.noCondition;

import dev.headroom.sync.CatalogPlans.CatalogApply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The plans that were agreed to, and how far each was carried out. */
@Repository
class CatalogApplyRepository {

    private final DSLContext db;

    CatalogApplyRepository(DSLContext db) {
        this.db = db;
    }

    /** False while another one is not finished. */
    boolean insert(UUID id, String askedBy, Instant at, String fingerprint, List<String> subjects, Instant leaseUntil) {
        return db.insertInto(CATALOG_APPLY)
                .set(CATALOG_APPLY.ID, id)
                .set(CATALOG_APPLY.ASKED_BY, askedBy)
                .set(CATALOG_APPLY.ASKED_AT, at)
                .set(CATALOG_APPLY.FINGERPRINT, fingerprint)
                .set(CATALOG_APPLY.SUBJECTS, subjects.toArray(String[]::new))
                .set(CATALOG_APPLY.LEASE_UNTIL, leaseUntil)
                .onConflictDoNothing()
                .execute() == 1;
    }

    /** Takes the one that is not finished and that nobody works on. */
    Optional<UUID> take(Instant now, Instant until) {
        return db.update(CATALOG_APPLY)
                .set(CATALOG_APPLY.LEASE_UNTIL, until)
                .where(CATALOG_APPLY.FINISHED_AT.isNull(), CATALOG_APPLY.LEASE_UNTIL.le(now))
                .returningResult(CATALOG_APPLY.ID)
                .fetchOptional(CATALOG_APPLY.ID);
    }

    Set<String> subjects(UUID id) {
        return Set.of(db.select(CATALOG_APPLY.SUBJECTS).from(CATALOG_APPLY).where(CATALOG_APPLY.ID.eq(id)).fetchSingle(CATALOG_APPLY.SUBJECTS));
    }

    void applied(UUID id, Instant leaseUntil) {
        db.update(CATALOG_APPLY)
                .set(CATALOG_APPLY.APPLIED, CATALOG_APPLY.APPLIED.plus(1))
                .set(CATALOG_APPLY.LEASE_UNTIL, leaseUntil)
                .where(CATALOG_APPLY.ID.eq(id))
                .execute();
    }

    void finish(UUID id, Instant at, @Nullable String failure) {
        db.update(CATALOG_APPLY).set(CATALOG_APPLY.FINISHED_AT, at).set(CATALOG_APPLY.FAILURE, failure).where(CATALOG_APPLY.ID.eq(id)).execute();
    }

    /** Lets whoever comes next take it up. */
    void leave(UUID id, Instant at) {
        db.update(CATALOG_APPLY).set(CATALOG_APPLY.LEASE_UNTIL, at).where(CATALOG_APPLY.ID.eq(id)).execute();
    }

    Optional<CatalogApply> byId(UUID id) {
        return newest(1, id).stream().findFirst();
    }

    List<CatalogApply> newest(int most) {
        return newest(most, null);
    }

    private List<CatalogApply> newest(int most, @Nullable UUID only) {
        return db.select(
                        CATALOG_APPLY.ID, CATALOG_APPLY.ASKED_BY, CATALOG_APPLY.ASKED_AT, CATALOG_APPLY.SUBJECTS.convertFrom(subjects -> subjects.length),
                        CATALOG_APPLY.APPLIED, CATALOG_APPLY.FINISHED_AT, CATALOG_APPLY.FAILURE)
                .from(CATALOG_APPLY)
                .where(only == null ? noCondition() : CATALOG_APPLY.ID.eq(only))
                .orderBy(CATALOG_APPLY.ASKED_AT.desc(), CATALOG_APPLY.ID.desc())
                .limit(most)
                .fetch(mapping(CatalogApply::new));
    }
}
