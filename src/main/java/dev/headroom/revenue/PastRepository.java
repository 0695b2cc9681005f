package dev.headroom.revenue;

import static dev.headroom.revenue.jooq.Tables.BROUGHT;
import static dev.headroom.revenue.jooq.Tables.COUNTED;
import static dev.headroom.revenue.jooq.Tables.MOVEMENT;
import static dev.headroom.revenue.jooq.Tables.PAST;
import static dev.headroom.revenue.jooq.Tables.PAST_CLOSED;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.revenue.Handover.Running;
import dev.headroom.revenue.jooq.tables.records.PastRecord;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What was brought of the time before anything was recorded. */
@Repository
class PastRepository {

    private final DSLContext db;

    PastRepository(DSLContext db) {
        this.db = db;
    }

    /** In the order in which it was brought. */
    List<PastFact> of(AccountId account) {
        return db.selectFrom(PAST).where(PAST.ACCOUNT_ID.eq(account.value())).orderBy(PAST.NUMBER).fetch(PastRepository::fact);
    }

    private static PastFact fact(PastRecord row) {
        return new PastFact(row.getNumber(), row.getSubscription(), row.getStarts(), row.getPlan(), row.getSeats(), new Fact(
                row.getId(), new AccountId(row.getAccountId()), new SubscriptionId(row.getSubscriptionId()), new ProductId(row.getProductId()), row.getCurrency(),
                row.getYearBefore().stripTrailingZeros(), row.getYearAfter().stripTrailingZeros(), GrowthKind.valueOf(row.getGrowth()), true, row.getPaused(),
                row.getPlanVersionBefore() == null ? null : new PlanVersionId(row.getPlanVersionBefore()), new PlanVersionId(row.getPlanVersionAfter()), row.getCause(),
                row.getEffectiveAt(), row.getAt()));
    }

    /** Counts that something is brought, before it is; whoever keeps what follows from such months, or closes them, waits until the transaction ends. */
    void bringing(Currency currency) {
        db.insertInto(BROUGHT)
                .set(BROUGHT.CURRENCY, currency)
                .set(BROUGHT.TIMES, 1L)
                .onConflict(BROUGHT.CURRENCY)
                .doUpdate()
                .set(BROUGHT.TIMES, BROUGHT.TIMES.plus(1))
                .execute();
    }

    void insert(PastFact past) {
        Fact fact = past.fact();
        db.insertInto(PAST)
                .set(PAST.ACCOUNT_ID, fact.account().value())
                .set(PAST.NUMBER, past.number())
                .set(PAST.ID, fact.id())
                .set(PAST.SUBSCRIPTION_ID, fact.subscription().value())
                .set(PAST.SUBSCRIPTION, past.subscription())
                .set(PAST.PRODUCT_ID, fact.product().value())
                .set(PAST.CURRENCY, fact.currency())
                .set(PAST.STARTS, past.starts())
                .set(PAST.PLAN, past.plan())
                .set(PAST.SEATS, past.seats())
                .set(PAST.YEAR_BEFORE, fact.yearBefore())
                .set(PAST.YEAR_AFTER, fact.yearAfter())
                .set(PAST.GROWTH, fact.growth().name())
                .set(PAST.PAUSED, fact.paused())
                .set(PAST.PLAN_VERSION_BEFORE, fact.planBefore() == null ? null : fact.planBefore().value())
                .set(PAST.PLAN_VERSION_AFTER, fact.planAfter().value())
                .set(PAST.EFFECTIVE_AT, fact.effectiveAt())
                .set(PAST.AT, fact.at())
                .set(PAST.CAUSE, fact.cause())
                .execute();
    }

    /** What was brought of a fact's product and has not ended. */
    List<Running> running(Fact fact) {
        return db.select(PAST.SUBSCRIPTION_ID, COUNTED.YEAR, PAST.PLAN_VERSION_AFTER)
                .distinctOn(PAST.SUBSCRIPTION_ID)
                .from(PAST)
                .join(COUNTED).on(COUNTED.ACCOUNT_ID.eq(PAST.ACCOUNT_ID), COUNTED.SUBSCRIPTION_ID.eq(PAST.SUBSCRIPTION_ID), COUNTED.YEAR.gt(BigDecimal.ZERO))
                .where(PAST.ACCOUNT_ID.eq(fact.account().value()), PAST.PRODUCT_ID.eq(fact.product().value()), PAST.CURRENCY.eq(fact.currency()))
                .orderBy(PAST.SUBSCRIPTION_ID, PAST.NUMBER.desc())
                .fetch(row -> new Running(new SubscriptionId(row.value1()), row.value2(), new PlanVersionId(row.value3())));
    }

    /** The account after another of which anything was brought. */
    Optional<AccountId> next(@Nullable AccountId after) {
        return db.select(PAST.ACCOUNT_ID)
                .from(PAST)
                .where(after == null ? noCondition() : PAST.ACCOUNT_ID.gt(after.value()))
                .orderBy(PAST.ACCOUNT_ID)
                .limit(1)
                .fetchOptional(row -> new AccountId(row.value1()));
    }

    /** The first month in which anything was booked that was recorded and not brought; of the index that is made for it, whose condition must stand in the statement. */
    Optional<YearMonth> recordedSince(Currency currency) {
        return db.select(min(MOVEMENT.MONTH)).from(MOVEMENT).where(MOVEMENT.CURRENCY.eq(currency), MOVEMENT.CAUSE.notLike(inline(PastFact.anyCause())))
                .fetchOptional(0, LocalDate.class).map(YearMonth::from);
    }

    boolean closed(Currency currency) {
        return db.fetchExists(PAST_CLOSED, PAST_CLOSED.CURRENCY.eq(currency));
    }

    /** False where it is. */
    boolean close(Currency currency, Instant at, String by) {
        return db.insertInto(PAST_CLOSED)
                .set(PAST_CLOSED.CURRENCY, currency)
                .set(PAST_CLOSED.CLOSED_AT, at)
                .set(PAST_CLOSED.CLOSED_BY, by)
                .onConflictDoNothing()
                .execute() == 1;
    }
}
