package dev.headroom.demo;

import static dev.headroom.demo.jooq.Tables.BIOGRAPHY;
import static dev.headroom.demo.jooq.Tables.VENDOR;
import static org.jooq.Records.mapping;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class VendorRepository {

    private final DSLContext db;

    VendorRepository(DSLContext db) {
        this.db = db;
    }

    Optional<Vendor> find() {
        return db.select(VENDOR.SEED, VENDOR.ACCOUNTS, VENDOR.ENDED_AT, VENDOR.LOADED_AT).from(VENDOR).fetchOptional(mapping(Vendor::new));
    }

    /** Does nothing when another node was faster: there is one vendor, whoever made it. */
    boolean insert(Vendor vendor) {
        return db.insertInto(VENDOR, VENDOR.SEED, VENDOR.ACCOUNTS, VENDOR.ENDED_AT, VENDOR.USED_UNTIL)
                .values(vendor.seed(), vendor.accounts(), vendor.endedAt(), vendor.endedAt())
                .onConflictDoNothing()
                .execute() == 1;
    }

    void loaded(Instant at) {
        db.update(VENDOR).set(VENDOR.LOADED_AT, at).execute();
    }

    /** Until when usage has been made up. */
    Instant usedUntil() {
        return db.select(VENDOR.USED_UNTIL).from(VENDOR).fetchSingle(VENDOR.USED_UNTIL);
    }

    /** Never back, whichever node comes last. */
    void usedUntil(Instant until) {
        db.update(VENDOR).set(VENDOR.USED_UNTIL, until).where(VENDOR.USED_UNTIL.lt(until)).execute();
    }

    /** How many steps of each biography have been told, by account key. */
    Map<String, Integer> told() {
        return db.select(BIOGRAPHY.ACCOUNT_KEY, BIOGRAPHY.STEPS_DONE).from(BIOGRAPHY).fetchMap(BIOGRAPHY.ACCOUNT_KEY, BIOGRAPHY.STEPS_DONE);
    }

    void told(String account, int steps) {
        db.insertInto(BIOGRAPHY, BIOGRAPHY.ACCOUNT_KEY, BIOGRAPHY.STEPS_DONE)
                .values(account, steps)
                .onConflict(BIOGRAPHY.ACCOUNT_KEY)
                .doUpdate()
                .set(BIOGRAPHY.STEPS_DONE, steps)
                .execute();
    }
}
