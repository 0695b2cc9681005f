package dev.headroom.revenue;

import static dev.headroom.revenue.jooq.Tables.BALANCE;
import static dev.headroom.revenue.jooq.Tables.RETAINED;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import dev.headroom.revenue.Retention.Compared;
import dev.headroom.revenue.Retention.Sum;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Figures as sums of few rows; each of one moment. */
@Repository
class RevenueRepository {

    private static final LocalDate EVER = LocalDate.of(1, 1, 1);
    /** Of months from the one on and before the other. */
    private static final String SUMS = """
            with sums as (
                select month, cohort, since, kind, amount_minor, use_minor, movements, accounts from revenue.total where currency = {0} and month >= {1} and month < {2}
                union all select month, cohort, since, kind, amount_minor, use_minor, movements, accounts from revenue.delta where currency = {0} and month >= {1} and month < {2}
            )
            """;

    private final DSLContext db;

    RevenueRepository(DSLContext db) {
        this.db = db;
    }

    /** Every currency that anything was ever booked in, those that most accounts pay in first. */
    List<Currency> currencies() {
        return db.select(BALANCE.CURRENCY)
                .from(BALANCE)
                .groupBy(BALANCE.CURRENCY)
                .orderBy(count().filterWhere(BALANCE.MRR_MINOR.gt(0L)).desc(), BALANCE.CURRENCY)
                .fetch(BALANCE.CURRENCY);
    }

    /**
     * What was booked of one kind.
     *
     * @param month    absent is before all months that were asked for
     * @param accounts how many more pay after it
     */
    record MonthSum(@Nullable YearMonth month, MovementKind kind, Sum sum, long accounts) {}

    /** @param from months before it come together */
    List<MonthSum> months(Currency currency, YearMonth from, YearMonth until) {
        return db.fetch(SUMS + """
                        select case when month >= {3} then month end, kind, sum(amount_minor)::bigint, sum(use_minor)::bigint, sum(movements)::bigint, sum(accounts)::bigint
                        from sums group by 1, 2""", val(currency.getCurrencyCode()), val(EVER), val(until.atDay(1)), val(from.atDay(1)))
                .map(row -> new MonthSum(
                        Optional.ofNullable(row.get(0, LocalDate.class)).map(YearMonth::from).orElse(null), MovementKind.valueOf(row.get(1, String.class)),
                        sum(row, 2), row.get(5, Long.class)));
    }

    private static Sum sum(Record row, int first) {
        return new Sum(row.get(first, Long.class), row.get(first + 1, Long.class), row.get(first + 2, Long.class));
    }

    /**
     * Movements in one of several ranges of equal length.
     *
     * @param last   month of the range
     * @param stayed of those who paid at its start, or of those who came back
     */
    record RangeSum(YearMonth last, boolean stayed, MovementKind kind, Sum sum) {}

    /**
     * @param from   last month of the first range
     * @param until  first month that is the last of none
     * @param months of each range
     */
    List<RangeSum> ranges(Currency currency, YearMonth from, YearMonth until, int months) {
        return db.fetch(SUMS + """
                        , ranges as (select (m - make_interval(months => {4} - 1))::date first, m::date last from generate_series({3}, {2} - interval '1 month', interval '1 month') m)
                        select last, since < first, kind, sum(amount_minor)::bigint, sum(use_minor)::bigint, sum(movements)::bigint
                        from ranges join sums on month between first and last and cohort < first
                        group by 1, 2, 3""", val(currency.getCurrencyCode()), val(from.minusMonths(months - 1L).atDay(1)), val(until.atDay(1)), val(from.atDay(1)), val(months))
                .map(row -> new RangeSum(
                        YearMonth.from(row.get(0, LocalDate.class)), row.get(1, Boolean.class), MovementKind.valueOf(row.get(2, String.class)), sum(row, 3)));
    }

    /**
     * Movements of those who paid before a range.
     *
     * @param stayed of those who paid when it began, until they stopped; or of those who came back
     * @param kind   absent is all before the range
     */
    record KnownSum(boolean stayed, @Nullable MovementKind kind, Sum sum, long accounts) {}

    List<KnownSum> known(Currency currency, YearMonth from, YearMonth until) {
        return db.fetch(SUMS + """
                        select since < {3}, case when month >= {3} then kind end, sum(amount_minor)::bigint, sum(use_minor)::bigint, sum(movements)::bigint, sum(accounts)::bigint
                        from sums where cohort < {3} group by 1, 2""", val(currency.getCurrencyCode()), val(EVER), val(until.atDay(1)), val(from.atDay(1)))
                .map(row -> new KnownSum(
                        row.get(0, Boolean.class), Optional.ofNullable(row.get(1, String.class)).map(MovementKind::valueOf).orElse(null), sum(row, 2), row.get(5, Long.class)));
    }

    /** Accounts that paid when a range began, by what they pay when it ends; with what use past limits brings, or without. */
    Compared compare(Currency currency, YearMonth from, YearMonth until, boolean use) {
        return Objects.requireNonNull(db.fetchOne("""
                        select coalesce(sum(was), 0)::bigint, coalesce(sum(pays) filter (where since < {1}), 0)::bigint, coalesce(sum(pays) filter (where since >= {1}), 0)::bigint,
                            coalesce(sum(least(was, pays)) filter (where since < {1}), 0)::bigint, coalesce(sum(least(was, pays)) filter (where since >= {1}), 0)::bigint
                        from (""" + RetainedRepository.ENDS + """
                        ) each_account where was > 0""", val(currency.getCurrencyCode()), val(from.atDay(1)), val(until.atDay(1)), val(use), noCondition()))
                .map(row -> new Compared(row.get(0, Long.class), row.get(1, Long.class), row.get(2, Long.class), row.get(3, Long.class), row.get(4, Long.class)));
    }

    /** Whether nobody books in a month or before it; then nobody does until the transaction ends. See {@link LedgerRepository#held}. */
    boolean quiet(YearMonth last) {
        return Objects.requireNonNull(db.fetchOne("""
                        select bool_and(pg_try_advisory_xact_lock({0}, (extract(year from m) * 12 + extract(month from m))::int))
                        from generate_series(least({1} - interval '10 years', (select min(month) from revenue.total), (select min(month) from revenue.delta)), {1}, interval '1 month') m""",
                        val(LedgerRepository.MONTHS_HELD), val(last.atDay(1))))
                .get(0, Boolean.class);
    }

    /** What {@link #compare} said of a range when its last month was over, if nothing was booked in it since. */
    Optional<Compared> kept(Currency currency, YearMonth last, int months, boolean use) {
        return db.select(RETAINED.START_MINOR, RETAINED.STAYED_MINOR, RETAINED.RETURNED_MINOR, RETAINED.STAYED_CAPPED_MINOR, RETAINED.RETURNED_CAPPED_MINOR)
                .from(RETAINED)
                .where(RETAINED.MONTH.eq(last.atDay(1)), RETAINED.MONTHS.eq(months), RETAINED.CURRENCY.eq(currency), RETAINED.USE.eq(use))
                .fetchOptional(row -> new Compared(row.value1(), row.value2(), row.value3(), row.value4(), row.value5()));
    }

    void keep(Currency currency, YearMonth last, int months, boolean use, Compared compared) {
        db.insertInto(RETAINED)
                .set(RETAINED.MONTH, last.atDay(1))
                .set(RETAINED.MONTHS, months)
                .set(RETAINED.CURRENCY, currency)
                .set(RETAINED.USE, use)
                .set(RETAINED.START_MINOR, compared.start())
                .set(RETAINED.STAYED_MINOR, compared.stayed())
                .set(RETAINED.RETURNED_MINOR, compared.returned())
                .set(RETAINED.STAYED_CAPPED_MINOR, compared.stayedCapped())
                .set(RETAINED.RETURNED_CAPPED_MINOR, compared.returnedCapped())
                .onConflictDoNothing()
                .execute();
    }
}
