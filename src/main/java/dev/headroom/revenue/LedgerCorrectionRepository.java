package dev.headroom.revenue;

import static dev.headroom.revenue.jooq.Tables.CORRECTION;
import static dev.headroom.revenue.jooq.Tables.MOVEMENT;

import dev.headroom.account.AccountId;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/** Where somebody has put accounts right. */
@Repository
class LedgerCorrectionRepository {

    private final DSLContext db;

    LedgerCorrectionRepository(DSLContext db) {
        this.db = db;
    }

    /**
     * Of one currency of an account.
     *
     * @param before  number of the last movement that was there; 0 for none
     * @param through number of the last that was booked by it; the same for none
     */
    record Correction(UUID id, int before, int through, Instant at) {}

    void insert(AccountId account, Currency currency, Correction correction, String reason, String by) {
        db.insertInto(CORRECTION)
                .set(CORRECTION.ACCOUNT_ID, account.value())
                .set(CORRECTION.CURRENCY, currency)
                .set(CORRECTION.ID, correction.id())
                .set(CORRECTION.BEFORE, correction.before())
                .set(CORRECTION.THROUGH, correction.through())
                .set(CORRECTION.AT, correction.at())
                .set(CORRECTION.REASON, reason)
                .set(CORRECTION.BY, by)
                .execute();
    }

    /** The last of each currency: it says of all before it that it stays. */
    Map<Currency, Correction> last(AccountId account) {
        return db.select(CORRECTION.CURRENCY, CORRECTION.ID, CORRECTION.BEFORE, CORRECTION.THROUGH, CORRECTION.AT)
                .distinctOn(CORRECTION.CURRENCY)
                .from(CORRECTION)
                .where(CORRECTION.ACCOUNT_ID.eq(account.value()))
                .orderBy(CORRECTION.CURRENCY, CORRECTION.THROUGH.desc(), CORRECTION.AT.desc(), CORRECTION.ID.desc())
                .fetchMap(CORRECTION.CURRENCY, row -> new Correction(row.get(CORRECTION.ID), row.get(CORRECTION.BEFORE), row.get(CORRECTION.THROUGH), row.get(CORRECTION.AT)));
    }

    /** What was booked by one. */
    List<RevenueMovement> movements(AccountId account, UUID correction) {
        return db.select(MovementPageRepository.COLUMNS)
                .from(MOVEMENT)
                .where(MOVEMENT.ACCOUNT_ID.eq(account.value()), MOVEMENT.SOURCE.eq(correction))
                .orderBy(MOVEMENT.CURRENCY, MOVEMENT.NUMBER)
                .fetch(MovementPageRepository::movement);
    }
}
