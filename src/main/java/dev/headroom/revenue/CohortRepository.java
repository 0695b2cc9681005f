package dev.headroom.revenue;

import static org.jooq.impl.DSL.val;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Repository;

/** What moved in each month of those who began to pay in the same one; each figure of one moment. */
@Repository
class CohortRepository {

    private final DSLContext db;

    CohortRepository(DSLContext db) {
        this.db = db;
    }

    /**
     * What a month did to a cohort, in minor units.
     *
     * @param amount   all of it
     * @param lost     contraction and churn of those who paid when it began, negative
     * @param accounts how many more pay
     * @param joined   how many paid for the first time
     */
    record CohortMonth(long amount, long lost, long accounts, long joined) {
        static final CohortMonth NOTHING = new CohortMonth(0, 0, 0, 0);
    }

    /** By cohort and month; of months in which something moved. */
    Map<YearMonth, Map<YearMonth, CohortMonth>> moved(Currency currency, YearMonth from, YearMonth until) {
        Map<YearMonth, Map<YearMonth, CohortMonth>> found = new HashMap<>();
        db.fetch("""
                with sums as (
                    select month, cohort, since, kind, amount_minor, movements, accounts from revenue.total where currency = {0} and cohort >= {1} and cohort < {2}
                    union all select month, cohort, since, kind, amount_minor, movements, accounts from revenue.delta where currency = {0} and cohort >= {1} and cohort < {2}
                )
                select cohort, month, sum(amount_minor)::bigint, coalesce(sum(amount_minor) filter (where kind in ('CONTRACTION', 'CHURN') and since < month), 0)::bigint,
                    sum(accounts)::bigint, coalesce(sum(movements) filter (where kind = 'NEW'), 0)::bigint
                from sums group by 1, 2""", val(currency.getCurrencyCode()), val(from.atDay(1)), val(until.atDay(1)))
                .forEach(row -> of(found, row).put(month(row, 1), new CohortMonth(
                        row.get(2, Long.class), row.get(3, Long.class), row.get(4, Long.class), row.get(5, Long.class))));
        return found;
    }

    /** By cohort and month, how much more its accounts pay of what each paid when its first month ended, at most that; of months in which something moved. */
    Map<YearMonth, Map<YearMonth, Long>> capped(Currency currency, YearMonth from, YearMonth until) {
        Map<YearMonth, Map<YearMonth, Long>> found = new HashMap<>();
        db.fetch("""
                with standing as (
                    select balance.cohort, paid.month, paid.until, sum(least(paid.mrr_minor, first_.mrr_minor))::bigint kept
                    from revenue.account_month paid join revenue.balance using (account_id, currency)
                    join revenue.account_month first_ on first_.account_id = paid.account_id and first_.currency = paid.currency and first_.month = balance.cohort
                    where paid.currency = {0} and balance.cohort >= {1} and balance.cohort < {2}
                    group by 1, 2, 3
                )
                select cohort, month, sum(kept)::bigint
                from (select cohort, month, kept from standing union all select cohort, until, -kept from standing where until < date '9999-12-31') changes
                group by 1, 2""", val(currency.getCurrencyCode()), val(from.atDay(1)), val(until.atDay(1)))
                .forEach(row -> of(found, row).put(month(row, 1), row.get(2, Long.class)));
        return found;
    }

    private static <T> Map<YearMonth, T> of(Map<YearMonth, Map<YearMonth, T>> found, Record row) {
        return found.computeIfAbsent(month(row, 0), _ -> new HashMap<>());
    }

    private static YearMonth month(Record row, int column) {
        return YearMonth.from(row.get(column, LocalDate.class));
    }
}
