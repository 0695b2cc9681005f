package dev.headroom.revenue;

import static dev.headroom.revenue.jooq.Tables.BROUGHT;
import static dev.headroom.revenue.jooq.Tables.COUNTED;
import static dev.headroom.revenue.jooq.Tables.MOVEMENT;
import static dev.headroom.revenue.jooq.Tables.PAST;
import static dev.headroom.revenue.jooq.Tables.PAST_CLOSED;
import static dev.headroom.revenue.jooq.Tables.PAST_ENDED;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.money.Money;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.revenue.Handover.Running;
import dev.headroom.revenue.RevenueHistories.LeftOver;
import dev.headroom.revenue.RevenueHistories.LeftOverPlace;
import dev.headroom.revenue.RevenueHistories.Open;
import dev.headroom.revenue.jooq.tables.Past;
import dev.headroom.revenue.jooq.tables.records.PastRecord;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.Instant;
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

    private static final Past LATER = PAST.as("later");

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

    /** Those of an account that were ended, in the order in which they were. */
    List<Fact> ended(AccountId account) {
        return db.selectFrom(PAST_ENDED).where(PAST_ENDED.ACCOUNT_ID.eq(account.value())).orderBy(PAST_ENDED.AT, PAST_ENDED.ID).fetch(row -> new Fact(
                row.getId(), account, new SubscriptionId(row.getSubscriptionId()), new ProductId(row.getProductId()), row.getCurrency(), row.getYearBefore().stripTrailingZeros(), BigDecimal.ZERO,
                GrowthKind.CHURN, false, false, new PlanVersionId(row.getPlanVersion()), new PlanVersionId(row.getPlanVersion()), PastFact.ENDED, row.getEffectiveAt(), row.getAt()));
    }

    void end(Fact fact, String by) {
        db.insertInto(PAST_ENDED)
                .set(PAST_ENDED.SUBSCRIPTION_ID, fact.subscription().value())
                .set(PAST_ENDED.ACCOUNT_ID, fact.account().value())
                .set(PAST_ENDED.ID, fact.id())
                .set(PAST_ENDED.PRODUCT_ID, fact.product().value())
                .set(PAST_ENDED.CURRENCY, fact.currency())
                .set(PAST_ENDED.YEAR_BEFORE, fact.yearBefore())
                .set(PAST_ENDED.PLAN_VERSION, fact.planAfter().value())
                .set(PAST_ENDED.EFFECTIVE_AT, fact.effectiveAt())
                .set(PAST_ENDED.AT, fact.at())
                .set(PAST_ENDED.ENDED_BY, by)
                .execute();
    }

    /** What still counts of accounts of which something was recorded since, so that no file ends it; in the order of accounts. */
    List<LeftOver> leftOver(@Nullable LeftOverPlace after, int most) {
        return db.select(PAST.ACCOUNT_ID, PAST.SUBSCRIPTION, PAST.PRODUCT_ID, PAST.CURRENCY, PAST.PLAN, PAST.STARTS, COUNTED.YEAR)
                .from(PAST)
                .join(COUNTED).on(COUNTED.ACCOUNT_ID.eq(PAST.ACCOUNT_ID), COUNTED.SUBSCRIPTION_ID.eq(PAST.SUBSCRIPTION_ID), COUNTED.YEAR.gt(BigDecimal.ZERO))
                .where(exists(selectOne().from(MOVEMENT).where(MOVEMENT.ACCOUNT_ID.eq(PAST.ACCOUNT_ID), MOVEMENT.CAUSE.notLike(inline(PastFact.anyCause())))))
                .and(notExists(selectOne().from(LATER).where(LATER.SUBSCRIPTION_ID.eq(PAST.SUBSCRIPTION_ID), LATER.ACCOUNT_ID.eq(PAST.ACCOUNT_ID), LATER.NUMBER.gt(PAST.NUMBER))))
                .and(after == null ? noCondition() : row(PAST.ACCOUNT_ID, PAST.SUBSCRIPTION).gt(after.account().value(), after.subscription()))
                .orderBy(PAST.ACCOUNT_ID, PAST.SUBSCRIPTION)
                .limit(most)
                .fetch(row -> new LeftOver(
                        new AccountId(row.value1()), row.value2(), new ProductId(row.value3()), row.value5(), row.value6(), new Money(Ledger.month(row.value7()), row.value4())));
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

    /** How far it is open, in one statement; since when something was recorded is told by the index that is made for it, whose condition must stand in the statement. */
    Open open(Currency currency) {
        return db.select(
                        field(exists(selectOne().from(PAST_CLOSED).where(PAST_CLOSED.CURRENCY.eq(currency)))),
                        field(select(min(MOVEMENT.MONTH)).from(MOVEMENT).where(MOVEMENT.CURRENCY.eq(currency), MOVEMENT.CAUSE.notLike(inline(PastFact.anyCause())))))
                .fetchSingle(row -> new Open(row.value1(), row.value2() == null ? null : YearMonth.from(row.value2())));
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
