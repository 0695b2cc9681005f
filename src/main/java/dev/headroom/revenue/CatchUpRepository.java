package dev.headroom.revenue;

import static dev.headroom.revenue.jooq.Tables.CAUGHT_UP;

import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

/** How far accounts were looked at that had a history before there was a ledger. */
@Repository
class CatchUpRepository {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final DSLContext db;

    CatchUpRepository(DSLContext db) {
        this.db = db;
    }

    /** The account to go on behind; empty where all were looked at. */
    Optional<UUID> after() {
        return db.select(CAUGHT_UP.AFTER, CAUGHT_UP.WHOLE).from(CAUGHT_UP).fetchOptional()
                .map(row -> row.value2() ? Optional.<UUID>empty() : Optional.of(row.value1()))
                .orElse(Optional.of(BEFORE_ALL));
    }

    /** Another one may be further already. */
    void reached(UUID account, boolean whole) {
        db.insertInto(CAUGHT_UP)
                .set(CAUGHT_UP.AFTER, account)
                .set(CAUGHT_UP.WHOLE, whole)
                .onConflict(CAUGHT_UP.ONLY_ONE)
                .doUpdate()
                .set(CAUGHT_UP.AFTER, DSL.greatest(CAUGHT_UP.AFTER, DSL.excluded(CAUGHT_UP.AFTER)))
                .set(CAUGHT_UP.WHOLE, DSL.field(DSL.condition(CAUGHT_UP.WHOLE).or(DSL.condition(DSL.excluded(CAUGHT_UP.WHOLE)))))
                .execute();
    }
}
