package dev.headroom.revenue;

import static dev.headroom.revenue.jooq.Tables.ACCOUNT;
import static dev.headroom.revenue.jooq.Tables.BALANCE;
import static dev.headroom.revenue.jooq.Tables.COUNTED;
import static dev.headroom.revenue.jooq.Tables.MOVEMENT;

import dev.headroom.account.AccountId;
import dev.headroom.postgres.Writes;
import dev.headroom.revenue.Ledger.Booked;
import dev.headroom.revenue.Ledger.Counted;
import dev.headroom.revenue.Ledger.Standing;
import dev.headroom.revenue.jooq.tables.records.BalanceRecord;
import dev.headroom.revenue.jooq.tables.Movement;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Results;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Where accounts stand in the ledger, and what is booked. */
@Repository
class LedgerRepository {

    /** Names the locks of months, among all advisory ones. */
    static final int MONTHS_HELD = 0x72657661;

    private final DSLContext db;
    private final Writes writes;

    LedgerRepository(DSLContext db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    /** Takes an account's history upon itself; false where that is done. Whoever asks meanwhile waits. */
    boolean begin(AccountId account) {
        return db.insertInto(ACCOUNT).set(ACCOUNT.ACCOUNT_ID, account.value()).onConflictDoNothing().execute() == 1;
    }

    /** What is counted of a subscription; empty where the account's history is not in the ledger. */
    Optional<Counted> counted(AccountId account, SubscriptionId subscription) {
        return db.select(COUNTED.YEAR, COUNTED.USAGE, COUNTED.USE_MINOR, COUNTED.PAUSED)
                .from(ACCOUNT)
                .leftJoin(COUNTED).on(COUNTED.ACCOUNT_ID.eq(ACCOUNT.ACCOUNT_ID), COUNTED.SUBSCRIPTION_ID.eq(subscription.value()))
                .where(ACCOUNT.ACCOUNT_ID.eq(account.value()))
                .fetchOptional(row -> row.value1() == null ? Counted.NOTHING : new Counted(row.value1(), row.value2(), row.value3(), row.value4(), true));
    }

    /** Holds the account until the transaction ends. */
    void hold(AccountId account) {
        db.selectOne().from(ACCOUNT).where(ACCOUNT.ACCOUNT_ID.eq(account.value())).forUpdate().fetch();
    }

    /** Likewise, to book in a month or a later one: nobody keeps figures of those until the transaction ends. */
    Standing held(AccountId account, Currency currency, YearMonth wanted) {
        return standing(db.resultQuery("select pg_advisory_xact_lock_shared({0}, {1}) from revenue.account where account_id = {2} for update",
                DSL.val(MONTHS_HELD), DSL.val(wanted.getYear() * 12 + wanted.getMonthValue()), DSL.val(account.value())), account, currency);
    }

    /** Holds the account until the transaction ends, and says where it stands: in another statement, for one that has waited sees what was before. */
    Standing held(AccountId account, Currency currency) {
        return standing(db.selectOne().from(ACCOUNT).where(ACCOUNT.ACCOUNT_ID.eq(account.value())).forUpdate(), account, currency);
    }

    private Standing standing(Query holding, AccountId account, Currency currency) {
        Results both = writes.together(List.of(holding, db.selectFrom(BALANCE).where(BALANCE.ACCOUNT_ID.eq(account.value()), BALANCE.CURRENCY.eq(currency))));
        return both.get(1).into(BALANCE).stream().findFirst().map(LedgerRepository::standing).orElse(Standing.NOTHING);
    }

    private static Standing standing(BalanceRecord row) {
        return new Standing(
                row.getNumber() == null ? 0 : row.getNumber(), row.getYear(), row.getMrrMinor(), row.getUseMinor(), yearMonth(row.getMonth()), yearMonth(row.getCohort()), yearMonth(row.getSince()));
    }

    private static @Nullable YearMonth yearMonth(@Nullable LocalDate first) {
        return first == null ? null : YearMonth.from(first);
    }

    /** What a subscription of the fact's begins beside, for an account that pays. */
    Beside beside(Fact fact, Months months) {
        return db.select(MOVEMENT.EFFECTIVE_AT, MOVEMENT.NUMBER, DSL.field(alike(fact)))
                .from(MOVEMENT)
                .where(MOVEMENT.ACCOUNT_ID.eq(fact.account().value()), MOVEMENT.CURRENCY.eq(fact.currency()), MOVEMENT.OPENING_MINOR.eq(0L))
                .orderBy(MOVEMENT.NUMBER.desc())
                .limit(1)
                .fetchSingle(began -> Beside.of(began.value1(), began.value2() == 1, began.value3(), fact.effectiveAt(), months));
    }

    private Condition alike(Fact fact) {
        Movement other = MOVEMENT.as("other");
        return DSL.exists(db.selectOne()
                .from(other)
                .join(COUNTED).on(COUNTED.ACCOUNT_ID.eq(other.ACCOUNT_ID), COUNTED.SUBSCRIPTION_ID.eq(other.SUBSCRIPTION_ID))
                .where(other.ACCOUNT_ID.eq(fact.account().value()), other.CURRENCY.eq(fact.currency()), other.PRODUCT_ID.eq(fact.product().value()))
                .and(COUNTED.YEAR.plus(COUNTED.USAGE).gt(BigDecimal.ZERO)));
    }

    static SelectField<@Nullable YearMonth> month(Field<LocalDate> first) {
        return first.convertFrom(LedgerRepository::yearMonth);
    }

    static @Nullable LocalDate first(@Nullable YearMonth month) {
        return month == null ? null : month.atDay(1);
    }

    /** @param more what else is to be written, in the same round trip */
    void write(Fact fact, Booked booked, Stream<? extends Query> more) {
        writes.together(Stream.of(booked.movements().stream().map(this::insert), Stream.of(counted(fact, booked.counted()), balance(fact, booked.standing())), more)
                .<Query>flatMap(queries -> queries)
                .toList());
    }

    private Query insert(RevenueMovement movement) {
        return db.insertInto(MOVEMENT)
                .set(MOVEMENT.ACCOUNT_ID, movement.account().value())
                .set(MOVEMENT.CURRENCY, movement.amount().currency())
                .set(MOVEMENT.NUMBER, movement.number())
                .set(MOVEMENT.ID, movement.id())
                .set(MOVEMENT.SUBSCRIPTION_ID, movement.subscription().value())
                .set(MOVEMENT.PRODUCT_ID, movement.product().value())
                .set(MOVEMENT.KIND, movement.kind().name())
                .set(MOVEMENT.OPENING_MINOR, movement.opening().minor())
                .set(MOVEMENT.AMOUNT_MINOR, movement.amount().minor())
                .set(MOVEMENT.CLOSING_MINOR, movement.closing().minor())
                .set(MOVEMENT.USE_MINOR, movement.use().minor())
                .set(MOVEMENT.EFFECTIVE_AT, movement.effectiveAt())
                .set(MOVEMENT.RECORDED_AT, movement.recordedAt())
                .set(MOVEMENT.MONTH, movement.month().atDay(1))
                .set(MOVEMENT.COHORT, movement.cohort().atDay(1))
                .set(MOVEMENT.SINCE, movement.since().atDay(1))
                .set(MOVEMENT.SOURCE, movement.source())
                .set(MOVEMENT.CAUSE, movement.cause())
                .set(MOVEMENT.EDITION, Ledger.EDITION)
                .set(MOVEMENT.PLAN_VERSION_BEFORE, movement.planBefore() == null ? null : movement.planBefore().value())
                .set(MOVEMENT.PLAN_VERSION_AFTER, movement.planAfter().value());
    }

    private Query counted(Fact fact, Counted counted) {
        return db.insertInto(COUNTED)
                .set(COUNTED.ACCOUNT_ID, fact.account().value())
                .set(COUNTED.SUBSCRIPTION_ID, fact.subscription().value())
                .set(COUNTED.YEAR, counted.year())
                .set(COUNTED.USAGE, counted.usage())
                .set(COUNTED.USE_MINOR, counted.told())
                .set(COUNTED.PAUSED, counted.paused())
                .onConflict(COUNTED.ACCOUNT_ID, COUNTED.SUBSCRIPTION_ID)
                .doUpdate()
                .set(COUNTED.YEAR, DSL.excluded(COUNTED.YEAR))
                .set(COUNTED.USAGE, DSL.excluded(COUNTED.USAGE))
                .set(COUNTED.USE_MINOR, DSL.excluded(COUNTED.USE_MINOR))
                .set(COUNTED.PAUSED, DSL.excluded(COUNTED.PAUSED));
    }

    /** Nothing of a subscription counts any more: the fact's goes on with it. */
    Query handedOn(Fact fact, SubscriptionId subscription) {
        return db.update(COUNTED)
                .set(COUNTED.YEAR, BigDecimal.ZERO)
                .set(COUNTED.GOES_ON_AS, fact.subscription().value())
                .where(COUNTED.ACCOUNT_ID.eq(fact.account().value()), COUNTED.SUBSCRIPTION_ID.eq(subscription.value()));
    }

    /** As if {@link #begin} had never been said, which is for the transaction that said so. */
    void forget(AccountId account) {
        db.deleteFrom(ACCOUNT).where(ACCOUNT.ACCOUNT_ID.eq(account.value())).execute();
    }

    private Query balance(Fact fact, Standing standing) {
        return db.insertInto(BALANCE)
                .set(BALANCE.ACCOUNT_ID, fact.account().value())
                .set(BALANCE.CURRENCY, fact.currency())
                .set(BALANCE.NUMBER, standing.number() == 0 ? null : Integer.valueOf(standing.number()))
                .set(BALANCE.YEAR, standing.year())
                .set(BALANCE.MRR_MINOR, standing.mrr())
                .set(BALANCE.USE_MINOR, standing.use())
                .set(BALANCE.MONTH, first(standing.month()))
                .set(BALANCE.COHORT, first(standing.cohort()))
                .set(BALANCE.SINCE, first(standing.since()))
                .onConflict(BALANCE.ACCOUNT_ID, BALANCE.CURRENCY)
                .doUpdate()
                .set(BALANCE.NUMBER, DSL.excluded(BALANCE.NUMBER))
                .set(BALANCE.YEAR, DSL.excluded(BALANCE.YEAR))
                .set(BALANCE.MRR_MINOR, DSL.excluded(BALANCE.MRR_MINOR))
                .set(BALANCE.USE_MINOR, DSL.excluded(BALANCE.USE_MINOR))
                .set(BALANCE.MONTH, DSL.excluded(BALANCE.MONTH))
                .set(BALANCE.COHORT, DSL.excluded(BALANCE.COHORT))
                .set(BALANCE.SINCE, DSL.excluded(BALANCE.SINCE));
    }
}
