package dev.headroom.subscription;

import static dev.headroom.subscription.jooq.Tables.SEAT;
import static dev.headroom.subscription.jooq.Tables.SUBSCRIPTION;
import static org.jooq.impl.DSL.count;

import dev.headroom.account.AccountId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class SeatRepository {

    private final DSLContext db;

    SeatRepository(DSLContext db) {
        this.db = db;
    }

    /** Nobody else takes or frees a seat of the subscription until the transaction ends. */
    void lock(AccountId account, SubscriptionId subscription) {
        db.select(SUBSCRIPTION.ID)
                .from(SUBSCRIPTION)
                .where(SUBSCRIPTION.ACCOUNT_ID.eq(account.value()), SUBSCRIPTION.ID.eq(subscription.value()))
                .forUpdate()
                .fetch();
    }

    boolean holds(AccountId account, SubscriptionId subscription, UUID member) {
        return db.fetchExists(SEAT, of(account, subscription), SEAT.MEMBER_ID.eq(member));
    }

    long taken(AccountId account, SubscriptionId subscription) {
        return db.fetchCount(SEAT, of(account, subscription));
    }

    void insert(AccountId account, SubscriptionId subscription, UUID member, Instant at) {
        db.insertInto(SEAT)
                .set(SEAT.ACCOUNT_ID, account.value())
                .set(SEAT.SUBSCRIPTION_ID, subscription.value())
                .set(SEAT.MEMBER_ID, member)
                .set(SEAT.ASSIGNED_AT, at)
                .execute();
    }

    boolean delete(AccountId account, SubscriptionId subscription, UUID member) {
        return db.deleteFrom(SEAT).where(of(account, subscription), SEAT.MEMBER_ID.eq(member)).execute() == 1;
    }

    Map<SubscriptionId, Long> held(Collection<AccountId> accounts) {
        return db.select(SEAT.SUBSCRIPTION_ID, count())
                .from(SEAT)
                .where(SEAT.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()))
                .groupBy(SEAT.SUBSCRIPTION_ID)
                .fetchMap(row -> new SubscriptionId(row.value1()), row -> row.value2().longValue());
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
