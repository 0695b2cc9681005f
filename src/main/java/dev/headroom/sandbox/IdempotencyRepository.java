package dev.headroom.sandbox;

import static dev.headroom.sandbox.jooq.Tables.IDEMPOTENCY;

import dev.headroom.sandbox.jooq.tables.records.IdempotencyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.InsertResultStep;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** Remembers the first answer to each idempotency key. */
final class IdempotencyRepository {

    /** Stripe promises at least 24 hours. */
    private static final Duration KEPT = Duration.ofHours(24);

    private final DSLContext jooq;
    private final List<InsertResultStep<?>> unwritten = new ArrayList<>();

    IdempotencyRepository(DSLContext jooq) {
        this.jooq = jooq;
    }

    /** What finds the answer to a key; whoever asks carries it out. */
    ResultQuery<?> answered(String key, Instant now) {
        return jooq.selectFrom(IDEMPOTENCY).where(IDEMPOTENCY.KEY.eq(key)).and(IDEMPOTENCY.CREATED.gt(now.minus(KEPT)));
    }

    static Optional<StoredAnswer> answer(Result<?> found) {
        return found.into(IDEMPOTENCY).stream().findFirst().map(row -> new StoredAnswer(row.getFingerprint(), row.getRequestId(), row.getStatus(), row.getAnswer()));
    }

    /** Waits until the transaction writes. */
    void store(String key, StoredAnswer answer, Instant now) {
        IdempotencyRecord row = new IdempotencyRecord(key, answer.fingerprint(), answer.requestId(), answer.status(), answer.body(), now);
        unwritten.add(jooq.insertInto(IDEMPOTENCY).set(row).onConflict(IDEMPOTENCY.KEY).doUpdate().setAllToExcluded().returningResult(DSL.one()));
    }

    /** What stores the answers that wait for it; whoever asks carries it out. */
    List<InsertResultStep<?>> inserts() {
        List<InsertResultStep<?>> inserts = List.copyOf(unwritten);
        unwritten.clear();
        return inserts;
    }

    void forget(Instant now) {
        jooq.deleteFrom(IDEMPOTENCY).where(IDEMPOTENCY.CREATED.lt(now.minus(KEPT))).execute();
    }

    /** @param fingerprint of verb, path and parameters of the request that was answered so */
    record StoredAnswer(String fingerprint, String requestId, int status, String body) {}
}
