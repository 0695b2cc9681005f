package dev.headroom.idempotency;

import static dev.headroom.idempotency.jooq.Tables.REQUEST;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Records;
import org.springframework.stereotype.Repository;

@Repository
class IdempotencyRepository {

    record Request(byte[] inputHash, UUID result) {}

    private final DSLContext db;

    IdempotencyRepository(DSLContext db) {
        this.db = db;
    }

    /** False when the key is taken; waits for a running transaction that may or may not take it. */
    boolean insert(String actor, String operation, String key, byte[] hash, UUID result, Instant at) {
        return db.insertInto(REQUEST)
                .set(REQUEST.ACTOR, actor)
                .set(REQUEST.OPERATION, operation)
                .set(REQUEST.KEY, key)
                .set(REQUEST.INPUT_HASH, hash)
                .set(REQUEST.RESULT, result)
                .set(REQUEST.AT, at)
                .onConflictDoNothing()
                .execute() == 1;
    }

    void delete(String actor, String operation, String key) {
        db.deleteFrom(REQUEST).where(REQUEST.ACTOR.eq(actor), REQUEST.OPERATION.eq(operation), REQUEST.KEY.eq(key)).execute();
    }

    /** Deletes the oldest from before a time; what another node is deleting is left to it. @return how many */
    int forget(Instant before, int most) {
        return db.deleteFrom(REQUEST)
                .where(row(REQUEST.ACTOR, REQUEST.OPERATION, REQUEST.KEY).in(
                        select(REQUEST.ACTOR, REQUEST.OPERATION, REQUEST.KEY)
                                .from(REQUEST)
                                .where(REQUEST.AT.lt(before))
                                .orderBy(REQUEST.AT)
                                .limit(most)
                                .forUpdate()
                                .skipLocked()))
                .execute();
    }

    Optional<Request> find(String actor, String operation, String key) {
        return db.select(REQUEST.INPUT_HASH, REQUEST.RESULT)
                .from(REQUEST)
                .where(REQUEST.ACTOR.eq(actor), REQUEST.OPERATION.eq(operation), REQUEST.KEY.eq(key))
                .fetchOptional(Records.mapping(Request::new));
    }
}
