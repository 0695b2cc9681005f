package dev.headroom.change;

import static dev.headroom.change.jooq.Tables.SEAT_GATHERING;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.trueCondition;

import dev.headroom.account.AccountId;
import dev.headroom.change.jooq.tables.records.SeatGatheringRecord;
import dev.headroom.money.Money;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.SelectField;
import org.springframework.stereotype.Repository;

@Repository
class GatheringRepository {

    private static final LeaseRepository<SeatGatheringRecord> LEASES =
            new LeaseRepository<>(SEAT_GATHERING, SEAT_GATHERING.ACCOUNT_ID, SEAT_GATHERING.ID, SEAT_GATHERING.LEASE_UNTIL, trueCondition());

    private static final SelectField<SeatGathering> WHOLE = row(
                    SEAT_GATHERING.ACCOUNT_ID.convertFrom(AccountId::new), SEAT_GATHERING.SUBSCRIPTION_ID.convertFrom(SubscriptionId::new),
                    SEAT_GATHERING.ID, SEAT_GATHERING.SEATS,
                    row(SEAT_GATHERING.PROMISED_MINOR, SEAT_GATHERING.CURRENCY).mapping((minor, currency) -> minor == null ? null : new Money(minor, currency)),
                    SEAT_GATHERING.ACTOR, SEAT_GATHERING.ASKED_AT, SEAT_GATHERING.SETTLES_AT)
            .mapping(SeatGathering::new);

    private final DSLContext db;

    GatheringRepository(DSLContext db) {
        this.db = db;
    }

    /** In place of whatever was gathered before. */
    void put(SeatGathering gathering, Currency currency) {
        SeatGatheringRecord row = db.newRecord(SEAT_GATHERING);
        row.setAccountId(gathering.account().value());
        row.setSubscriptionId(gathering.subscription().value());
        row.setId(gathering.id());
        row.setSeats(gathering.seats());
        row.setPromisedMinor(gathering.promised() == null ? null : gathering.promised().minor());
        row.setCurrency(currency);
        row.setActor(gathering.actor());
        row.setAskedAt(gathering.askedAt());
        row.setSettlesAt(gathering.settlesAt());
        row.setLeaseUntil(gathering.settlesAt());
        db.insertInto(SEAT_GATHERING).set(row).onConflict(SEAT_GATHERING.ACCOUNT_ID, SEAT_GATHERING.SUBSCRIPTION_ID).doUpdate().set(row).execute();
    }

    List<SeatGathering> of(Collection<AccountId> accounts) {
        return db.select(WHOLE)
                .from(SEAT_GATHERING)
                .where(SEAT_GATHERING.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()))
                .fetch(Record1::value1);
    }

    Optional<SeatGathering> of(AccountId account, SubscriptionId subscription) {
        return of(List.of(account)).stream().filter(gathering -> gathering.subscription().equals(subscription)).findFirst();
    }

    /** Takes one whose quiet time is over; what replaces it meanwhile is another one. */
    Optional<SeatGathering> takeDue(Instant now, Instant leaseUntil) {
        return LEASES.takeAny(db, now, leaseUntil).flatMap(taken -> db.select(WHOLE)
                .from(SEAT_GATHERING)
                .where(SEAT_GATHERING.ACCOUNT_ID.eq(taken.account()), SEAT_GATHERING.ID.eq(taken.id()))
                .fetchOptional(Record1::value1));
    }

    /** Keeps everybody else from it until then, also before its quiet time is over; false for one that somebody else has taken, replaced or ended. */
    boolean take(SeatGathering gathering, Instant now, Instant until) {
        Condition nobodys = SEAT_GATHERING.LEASE_UNTIL.eq(SEAT_GATHERING.SETTLES_AT).or(SEAT_GATHERING.LEASE_UNTIL.le(now));
        return db.update(SEAT_GATHERING).set(SEAT_GATHERING.LEASE_UNTIL, until).where(is(gathering), nobodys).execute() == 1;
    }

    /** Has it settled then, by whoever asks first. */
    void postpone(SeatGathering gathering, Instant settlesAt) {
        db.update(SEAT_GATHERING).set(SEAT_GATHERING.SETTLES_AT, settlesAt).set(SEAT_GATHERING.LEASE_UNTIL, settlesAt).where(is(gathering)).execute();
    }

    boolean end(SeatGathering gathering) {
        return db.deleteFrom(SEAT_GATHERING).where(is(gathering)).execute() == 1;
    }

    private static Condition is(SeatGathering gathering) {
        return SEAT_GATHERING.ACCOUNT_ID.eq(gathering.account().value()).and(SEAT_GATHERING.ID.eq(gathering.id()));
    }
}
