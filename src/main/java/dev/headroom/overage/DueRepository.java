package dev.headroom.overage;

import static dev.headroom.overage.jooq.Tables.ACCOUNT;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.headroom.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Which accounts somebody has to look after at Stripe; whoever takes one keeps others from it until the lease ends. */
@Repository
class DueRepository {

    private final DSLContext db;

    DueRepository(DSLContext db) {
        this.db = db;
    }

    /**
     * An account that was taken.
     *
     * @param requests how often it was due: once more if it is again meanwhile
     * @param failures in a row
     */
    record Taken(AccountId account, long requests, int failures) {}

    /** From then on at the latest. Within a transaction, nobody takes it before that ends. */
    void due(AccountId account, Instant at) {
        db.insertInto(ACCOUNT)
                .set(ACCOUNT.ACCOUNT_ID, account.value())
                .set(ACCOUNT.DUE_AT, at)
                .set(ACCOUNT.LEASE_UNTIL, Instant.EPOCH)
                .onConflict(ACCOUNT.ACCOUNT_ID)
                .doUpdate()
                .set(ACCOUNT.DUE_AT, least(coalesce(ACCOUNT.DUE_AT, val(at)), val(at)))
                .set(ACCOUNT.REQUESTS, ACCOUNT.REQUESTS.plus(1))
                .execute();
    }

    /** The one that has waited longest; two callers never take the same. */
    Optional<Taken> take(Instant now, Duration lease) {
        return db.update(ACCOUNT)
                .set(ACCOUNT.LEASE_UNTIL, now.plus(lease))
                .where(ACCOUNT.ACCOUNT_ID.eq(db.select(ACCOUNT.ACCOUNT_ID).from(ACCOUNT)
                        .where(ACCOUNT.DUE_AT.le(now), ACCOUNT.LEASE_UNTIL.le(now))
                        .orderBy(ACCOUNT.DUE_AT, ACCOUNT.ACCOUNT_ID).limit(1).forUpdate().skipLocked()))
                .returningResult(ACCOUNT.ACCOUNT_ID, ACCOUNT.REQUESTS, ACCOUNT.FAILURES)
                .fetchOptional(row -> new Taken(new AccountId(row.value1()), row.value2(), row.value3()));
    }

    /** @param next when to look again; absent when something else will say so */
    void done(Taken taken, @Nullable Instant next) {
        release(taken, next, 0);
    }

    void failed(Taken taken, Instant next) {
        release(taken, next, taken.failures() + 1);
    }

    /** Who became due again while somebody worked stays so. */
    private void release(Taken taken, @Nullable Instant next, int failures) {
        db.update(ACCOUNT)
                .set(ACCOUNT.LEASE_UNTIL, Instant.EPOCH)
                .set(ACCOUNT.FAILURES, failures)
                .set(ACCOUNT.DUE_AT, when(ACCOUNT.REQUESTS.eq(taken.requests()), val(next, ACCOUNT.DUE_AT)).otherwise(ACCOUNT.DUE_AT))
                .where(ACCOUNT.ACCOUNT_ID.eq(taken.account().value()))
                .execute();
    }
}
