package dev.headroom.sandbox;

import static dev.headroom.sandbox.jooq.Tables.IDEMPOTENCY;

import dev.headroom.sandbox.jooq.tables.records.IdempotencyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/** Remembers the first answer to each idempotency key. */
final class IdempotencyRepository {

    /** Stripe promises at least 24 hours. */
    private static final Duration KEPT = Duration.ofHours(24);

    private final DSLContext jooq;

    IdempotencyRepository(DSLContext jooq) {
        this.jooq = jooq;
    }

    Optional<StoredAnswer> find(String key, Instant now) {
        return jooq.selectFrom(IDEMPOTENCY)
                .where(IDEMPOTENCY.KEY.eq(key)).and(IDEMPOTENCY.CREATED.gt(now.minus(KEPT)))
                .fetchOptional(row -> new StoredAnswer(row.getFingerprint(), row.getRequestId(), row.getStatus(), row.getAnswer()));
    }

    void store(String key, StoredAnswer answer, Instant now) {
        IdempotencyRecord row = new IdempotencyRecord(key, answer.fingerprint(), answer.requestId(), answer.status(), answer.body(), now);
        jooq.insertInto(IDEMPOTENCY).set(row).onConflict(IDEMPOTENCY.KEY).doUpdate().set(row).execute();
    }

    void forget(Instant now) {
        jooq.deleteFrom(IDEMPOTENCY).where(IDEMPOTENCY.CREATED.lt(now.minus(KEPT))).execute();
    }

    /** @param fingerprint of verb, path and parameters of the request that was answered so */
    record StoredAnswer(String fingerprint, String requestId, int status, String body) {}
}
