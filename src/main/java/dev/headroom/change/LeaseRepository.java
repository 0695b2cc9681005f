package dev.headroom.change;

import static org.jooq.impl.DSL.row;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Records;
import org.jooq.Table;
import org.jooq.TableField;

/**
 * A table of work that survives its worker: whoever takes a row keeps others from it until the lease ends.
 *
 * @param open which rows are not finished
 */
record LeaseRepository<R extends Record>(
        Table<R> table, TableField<R, UUID> account, TableField<R, UUID> id, TableField<R, Instant> leaseUntil, Condition open) {

    /** Which row was taken. */
    record Taken(UUID account, UUID id) {}

    /** Takes the row that has waited longest for a worker; two callers never take the same. */
    Optional<Taken> takeAny(DSLContext db, Instant now, Instant until) {
        return db.update(table)
                .set(leaseUntil, until)
                .where(row(account, id).in(db.select(account, id)
                        .from(table)
                        .where(open, leaseUntil.le(now))
                        .orderBy(leaseUntil)
                        .limit(1)
                        .forUpdate()
                        .skipLocked()))
                .returningResult(account, id)
                .fetchOptional(Records.mapping(Taken::new));
    }

    /** Takes one row unless it is finished or somebody works on it. */
    boolean take(DSLContext db, UUID ofAccount, UUID withId, Instant now, Instant until) {
        return db.update(table)
                .set(leaseUntil, until)
                .where(account.eq(ofAccount), id.eq(withId), open, leaseUntil.le(now))
                .execute() == 1;
    }
}
