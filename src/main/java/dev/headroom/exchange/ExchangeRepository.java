package dev.headroom.exchange;

import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class ExchangeRepository {

    private final DSLContext db;

    ExchangeRepository(DSLContext db) {
        this.db = db;
    }

    /** Until the transaction ends nobody else applies a file. */
    void alone() {
        db.execute("select pg_advisory_xact_lock(hashtextextended('catalogue file', 0))");
    }
}
