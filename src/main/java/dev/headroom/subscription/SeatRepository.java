package dev.headroom.subscription;

import static dev.headroom.subscription.jooq.Tables.SEAT;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.headroom.account.AccountId;
import dev.headroom.subscription.Seats.Holder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class SeatRepository {

    private final DSLContext db;

    SeatRepository(DSLContext db) {
        this.db = db;
    }

    boolean holds(AccountId account, SubscriptionId subscription, UUID member) {
        return db.fetchExists(SEAT, of(account, subscription), SEAT.MEMBER_ID.eq(member));
    }

    long taken(AccountId account, SubscriptionId subscription) {
        return db.fetchCount(SEAT, of(account, subscription));
    }

    void insert(AccountId account, SubscriptionId subscription, Holder holder) {
        db.insertInto(SEAT)
                .set(SEAT.ACCOUNT_ID, account.value())
                .set(SEAT.SUBSCRIPTION_ID, subscription.value())
                .set(SEAT.MEMBER_ID, holder.member())
                .set(SEAT.ASSIGNED_AT, holder.assignedAt())
                .set(SEAT.ASSIGNED_BY, holder.assignedBy())
                .execute();
    }

    boolean delete(AccountId account, SubscriptionId subscription, UUID member) {
        return db.deleteFrom(SEAT).where(of(account, subscription), SEAT.MEMBER_ID.eq(member)).execute() == 1;
    }

    /** In one order, so that of two who lock the same subscriptions nobody waits for ever. */
    List<SubscriptionId> heldBy(AccountId account, UUID member) {
        return db.select(SEAT.SUBSCRIPTION_ID)
                .from(SEAT)
                .where(SEAT.ACCOUNT_ID.eq(account.value()), SEAT.MEMBER_ID.eq(member))
                .orderBy(SEAT.SUBSCRIPTION_ID)
                .fetch(row -> new SubscriptionId(row.value1()));
    }

    Map<SubscriptionId, Long> held(Collection<AccountId> accounts) {
        return db.select(SEAT.SUBSCRIPTION_ID, count())
                .from(SEAT)
                .where(SEAT.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()))
                .groupBy(SEAT.SUBSCRIPTION_ID)
                .fetchMap(row -> new SubscriptionId(row.value1()), row -> row.value2().longValue());
    }

    /** How many seats some members hold. */
    Map<SubscriptionId, Long> held(Collection<AccountId> accounts, Collection<UUID> members) {
        return db.select(SEAT.SUBSCRIPTION_ID, count())
                .from(SEAT)
                .where(SEAT.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()), SEAT.MEMBER_ID.eq(any(members.toArray(UUID[]::new))))
                .groupBy(SEAT.SUBSCRIPTION_ID)
                .fetchMap(row -> new SubscriptionId(row.value1()), row -> row.value2().longValue());
    }

    /** In the order in which they got their seats. */
    List<Holder> page(AccountId account, SubscriptionId subscription, @Nullable Holder after, int size) {
        return db.select(SEAT.MEMBER_ID, SEAT.ASSIGNED_AT, SEAT.ASSIGNED_BY)
                .from(SEAT)
                .where(of(account, subscription), after == null ? noCondition() : row(SEAT.ASSIGNED_AT, SEAT.MEMBER_ID).gt(after.assignedAt(), after.member()))
                .orderBy(SEAT.ASSIGNED_AT, SEAT.MEMBER_ID)
                .limit(size)
                .fetch(mapping(Holder::new));
    }

    List<Holder> of(AccountId account, SubscriptionId subscription, Collection<UUID> members) {
        return db.select(SEAT.MEMBER_ID, SEAT.ASSIGNED_AT, SEAT.ASSIGNED_BY)
                .from(SEAT)
                .where(of(account, subscription), SEAT.MEMBER_ID.eq(any(members.toArray(UUID[]::new))))
                .fetch(mapping(Holder::new));
    }

    List<UUID> holders(AccountId account, SubscriptionId subscription) {
        return db.select(SEAT.MEMBER_ID)
                .from(SEAT)
                .where(of(account, subscription))
                .orderBy(SEAT.ASSIGNED_AT, SEAT.MEMBER_ID)
                .fetch(SEAT.MEMBER_ID);
    }

    private static Condition of(AccountId account, SubscriptionId subscription) {
        return SEAT.ACCOUNT_ID.eq(account.value()).and(SEAT.SUBSCRIPTION_ID.eq(subscription.value()));
    }
}
