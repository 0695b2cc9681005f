package dev.headroom.change;

import static dev.headroom.change.jooq.Tables.BUNDLE_DUE;

import dev.headroom.account.AccountId;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/** Whose bundles somebody has to look at; whoever takes an account keeps others from it until the lease ends. */
@Repository
class BundleDueRepository {

    private final DSLContext db;

    BundleDueRepository(DSLContext db) {
        this.db = db;
    }

    /** @param requests how often it was due: once more if it is again meanwhile */
    record Taken(AccountId account, long requests) {}

    /** Within a transaction, nobody takes it before that ends. */
    void due(AccountId account, Instant at) {
        db.insertInto(BUNDLE_DUE)
                .set(BUNDLE_DUE.ACCOUNT_ID, account.value())
                .set(BUNDLE_DUE.DUE_AT, at)
                .set(BUNDLE_DUE.REQUESTS, 1L)
                .set(BUNDLE_DUE.LEASE_UNTIL, Instant.EPOCH)
                .onConflict(BUNDLE_DUE.ACCOUNT_ID)
                .doUpdate()
                .set(BUNDLE_DUE.DUE_AT, at)
                .set(BUNDLE_DUE.REQUESTS, BUNDLE_DUE.REQUESTS.plus(1))
                .execute();
    }

    /** The one that has waited longest; two callers never take the same. */
    Optional<Taken> take(Instant now, Instant leaseUntil) {
        return db.update(BUNDLE_DUE)
                .set(BUNDLE_DUE.LEASE_UNTIL, leaseUntil)
                .where(BUNDLE_DUE.ACCOUNT_ID.eq(db.select(BUNDLE_DUE.ACCOUNT_ID).from(BUNDLE_DUE)
                        .where(BUNDLE_DUE.DUE_AT.le(now), BUNDLE_DUE.LEASE_UNTIL.le(now))
                        .orderBy(BUNDLE_DUE.DUE_AT, BUNDLE_DUE.ACCOUNT_ID).limit(1).forUpdate().skipLocked()))
                .returningResult(BUNDLE_DUE.ACCOUNT_ID, BUNDLE_DUE.REQUESTS)
                .fetchOptional(row -> new Taken(new AccountId(row.value1()), row.value2()));
    }

    /** What became due again while somebody looked stays so, and can be taken at once. */
    void done(Taken taken) {
        int gone = db.deleteFrom(BUNDLE_DUE)
                .where(BUNDLE_DUE.ACCOUNT_ID.eq(taken.account().value()), BUNDLE_DUE.REQUESTS.eq(taken.requests()))
                .execute();
        if (gone == 0) {
            db.update(BUNDLE_DUE).set(BUNDLE_DUE.LEASE_UNTIL, Instant.EPOCH).where(BUNDLE_DUE.ACCOUNT_ID.eq(taken.account().value())).execute();
        }
    }
}
