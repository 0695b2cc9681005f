package dev.headroom.stripe;

import static dev.headroom.stripe.jooq.Tables.BELONGS_TO;
import static org.jooq.Records.mapping;

import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/** The account at Stripe that every id of Stripe's in this database is of. */
@Repository
class StripeOwnerRepository {

    /**
     * @param live  whether its money is real: an account has other objects for tests
     * @param since when this was written: at the first start
     */
    record Owner(String account, boolean live, Instant since) {

        boolean same(Owner other) {
            return account.equals(other.account) && live == other.live;
        }

        @Override
        public String toString() {
            return account + (live ? " (live)" : " (test)");
        }
    }

    private final DSLContext db;

    StripeOwnerRepository(DSLContext db) {
        this.db = db;
    }

    /** The owner; the first that is named stays. */
    Owner owner(Owner first) {
        db.insertInto(BELONGS_TO)
                .set(BELONGS_TO.ONE, true)
                .set(BELONGS_TO.ACCOUNT_ID, first.account())
                .set(BELONGS_TO.LIVE, first.live())
                .set(BELONGS_TO.SINCE, first.since())
                .onConflictDoNothing()
                .execute();
        return known().orElseThrow();
    }

    /** Empty while Stripe has never told. */
    Optional<Owner> known() {
        return db.select(BELONGS_TO.ACCOUNT_ID, BELONGS_TO.LIVE, BELONGS_TO.SINCE).from(BELONGS_TO).fetchOptional(mapping(Owner::new));
    }
}
