package dev.headroom.revenue;

import static dev.headroom.revenue.jooq.Tables.MOVEMENT;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.sum;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.money.Money;
import dev.headroom.revenue.MovementPages.Mark;
import dev.headroom.revenue.MovementPages.Total;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class MovementPageRepository {

    static final List<Field<?>> COLUMNS = List.of(
            MOVEMENT.ID, MOVEMENT.ACCOUNT_ID, MOVEMENT.NUMBER, MOVEMENT.SUBSCRIPTION_ID, MOVEMENT.PRODUCT_ID, MOVEMENT.KIND, MOVEMENT.CURRENCY, MOVEMENT.OPENING_MINOR,
            MOVEMENT.AMOUNT_MINOR, MOVEMENT.CLOSING_MINOR, MOVEMENT.USE_MINOR, MOVEMENT.EFFECTIVE_AT, MOVEMENT.RECORDED_AT, MOVEMENT.MONTH, MOVEMENT.COHORT, MOVEMENT.SINCE, MOVEMENT.SOURCE,
            MOVEMENT.CAUSE, MOVEMENT.PLAN_VERSION_BEFORE, MOVEMENT.PLAN_VERSION_AFTER);

    private final DSLContext db;

    MovementPageRepository(DSLContext db) {
        this.db = db;
    }

    /** Newest month first, and of one what took effect last. */
    List<RevenueMovement> page(MovementFilter filter, Condition slice, @Nullable Mark after, int size) {
        return db.select(COLUMNS)
                .from(MOVEMENT)
                .where(matches(filter), slice)
                .and(after == null ? noCondition() : row(MOVEMENT.MONTH, MOVEMENT.EFFECTIVE_AT, MOVEMENT.ID).lt(after.month().atDay(1), after.at(), after.id()))
                .orderBy(MOVEMENT.MONTH.desc(), MOVEMENT.EFFECTIVE_AT.desc(), MOVEMENT.ID.desc())
                .limit(size)
                .fetch(MovementPageRepository::movement);
    }

    Total total(MovementFilter filter, Condition within, Currency currency) {
        return Objects.requireNonNull(db.select(sum(MOVEMENT.AMOUNT_MINOR), sum(MOVEMENT.USE_MINOR), count())
                .from(MOVEMENT)
                .where(matches(filter))
                .and(within)
                .fetchOne(row -> new Total(money(row.value1(), currency), money(row.value2(), currency), row.value3())));
    }

    private static Money money(@Nullable BigDecimal sum, Currency currency) {
        return new Money(sum == null ? 0 : sum.longValueExact(), currency);
    }

    static RevenueMovement movement(Record row) {
        Function<Field<Long>, Money> money = amount -> new Money(row.get(amount), row.get(MOVEMENT.CURRENCY));
        return new RevenueMovement(
                row.get(MOVEMENT.ID), new AccountId(row.get(MOVEMENT.ACCOUNT_ID)), row.get(MOVEMENT.NUMBER), new SubscriptionId(row.get(MOVEMENT.SUBSCRIPTION_ID)),
                new ProductId(row.get(MOVEMENT.PRODUCT_ID)), MovementKind.valueOf(row.get(MOVEMENT.KIND)), money.apply(MOVEMENT.OPENING_MINOR),
                money.apply(MOVEMENT.AMOUNT_MINOR), money.apply(MOVEMENT.CLOSING_MINOR), money.apply(MOVEMENT.USE_MINOR), row.get(MOVEMENT.EFFECTIVE_AT), row.get(MOVEMENT.RECORDED_AT),
                YearMonth.from(row.get(MOVEMENT.MONTH)), YearMonth.from(row.get(MOVEMENT.COHORT)), YearMonth.from(row.get(MOVEMENT.SINCE)), row.get(MOVEMENT.SOURCE),
                row.get(MOVEMENT.CAUSE), row.get(MOVEMENT.PLAN_VERSION_BEFORE) == null ? null : new PlanVersionId(row.get(MOVEMENT.PLAN_VERSION_BEFORE)),
                new PlanVersionId(row.get(MOVEMENT.PLAN_VERSION_AFTER)));
    }

    private static Condition matches(MovementFilter filter) {
        return named(filter.currency(), MOVEMENT.CURRENCY::eq)
                .and(named(filter.from(), from -> MOVEMENT.MONTH.ge(from.atDay(1))))
                .and(named(filter.until(), until -> MOVEMENT.MONTH.lt(until.atDay(1))))
                .and(filter.kinds().isEmpty() ? noCondition() : MOVEMENT.KIND.in(filter.kinds().stream().map(Enum::name).toList()))
                .and(named(filter.account(), MOVEMENT.ACCOUNT_ID::eq))
                .and(named(filter.cohort(), cohort -> MOVEMENT.COHORT.eq(cohort.atDay(1))))
                .and(filter.first() ? MOVEMENT.NUMBER.eq(1) : noCondition())
                .and(named(filter.paying(), MovementPageRepository::paidBefore))
                .and(named(filter.returned(), returned -> MOVEMENT.COHORT.lt(returned.atDay(1)).and(MOVEMENT.SINCE.ge(returned.atDay(1)))));
    }

    private static Condition paidBefore(YearMonth month) {
        return MOVEMENT.SINCE.lt(month.atDay(1));
    }

    private static <T> Condition named(@Nullable T value, Function<T, Condition> condition) {
        return value == null ? noCondition() : condition.apply(value);
    }
}
