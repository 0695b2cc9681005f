package dev.headroom.revenue;

import static org.jooq.impl.DSL.val;

import dev.headroom.revenue.SettingsVersions.RevenueSettings;
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
     * @param net      what of the amount net retention counts by the settings; all of it in the first month
     */
    record CohortMonth(long amount, long lost, long accounts, long joined, long net) {
        static final CohortMonth NOTHING = new CohortMonth(0, 0, 0, 0, 0);
    }

    /**
     * How much more those pay than before who paid when their first month ended, in minor units.
     *
     * @param pays all that they pay
     * @param kept of each, at most what it paid then
     */
    record StartMonth(long pays, long kept) {
        static final StartMonth NOTHING = new StartMonth(0, 0);
    }

    /** By cohort and month; of months in which something moved. */
    Map<YearMonth, Map<YearMonth, CohortMonth>> moved(Currency currency, YearMonth from, YearMonth until, RevenueSettings counted) {
        Map<YearMonth, Map<YearMonth, CohortMonth>> found = new HashMap<>();
        db.fetch("""
                with sums as (
                    select month, cohort, since, kind, amount_minor, movements, accounts from revenue.total where currency = {0} and cohort >= {1} and cohort < {2}
                    union all select month, cohort, since, kind, amount_minor, movements, accounts from revenue.delta where currency = {0} and cohort >= {1} and cohort < {2}
                )
                select cohort, month, sum(amount_minor)::bigint, coalesce(sum(amount_minor) filter (where kind in ('CONTRACTION', 'CHURN') and since < month), 0)::bigint,
                    sum(accounts)::bigint, coalesce(sum(accounts) filter (where kind = 'NEW'), 0)::bigint,
                    coalesce(sum(amount_minor) filter (where month = cohort or ({3} or since = cohort and kind <> 'REACTIVATION') and ({4} or kind <> 'PRICE_INCREASE')), 0)::bigint
                from sums group by 1, 2""", val(currency.getCurrencyCode()), val(from.atDay(1)), val(until.atDay(1)), val(counted.reactivation()), val(counted.priceIncrease()))
                .forEach(row -> of(found, row).put(month(row, 1), new CohortMonth(
                        row.get(2, Long.class), row.get(3, Long.class), row.get(4, Long.class), row.get(5, Long.class), row.get(6, Long.class))));
        return found;
    }

    /** By cohort and month, account by account; who came back counts where the settings say so. Of months in which something moved. */
    Map<YearMonth, Map<YearMonth, StartMonth>> started(Currency currency, YearMonth from, YearMonth until, RevenueSettings counted) {
        Map<YearMonth, Map<YearMonth, StartMonth>> found = new HashMap<>();
        db.fetch("""
                with standing as (
                    select balance.cohort, paid.month, paid.until, sum(paid.mrr_minor)::bigint pays, sum(least(paid.mrr_minor, first_.mrr_minor))::bigint kept
                    from revenue.account_month paid join revenue.balance using (account_id, currency)
                    join revenue.account_month first_ on first_.account_id = paid.account_id and first_.currency = paid.currency and first_.month = balance.cohort
                    where paid.currency = {0} and balance.cohort >= {1} and balance.cohort < {2} and first_.mrr_minor > 0 and ({3} or paid.since = balance.cohort)
                    group by 1, 2, 3
                )
                select cohort, month, sum(pays)::bigint, sum(kept)::bigint
                from (select cohort, month, pays, kept from standing union all select cohort, until, -pays, -kept from standing where until < date '9999-12-31') changes
                group by 1, 2""", val(currency.getCurrencyCode()), val(from.atDay(1)), val(until.atDay(1)), val(counted.reactivation()))
                .forEach(row -> of(found, row).put(month(row, 1), new StartMonth(row.get(2, Long.class), row.get(3, Long.class))));
        return found;
    }

    private static <T> Map<YearMonth, T> of(Map<YearMonth, Map<YearMonth, T>> found, Record row) {
        return found.computeIfAbsent(month(row, 0), _ -> new HashMap<>());
    }

    private static YearMonth month(Record row, int column) {
        return YearMonth.from(row.get(column, LocalDate.class));
    }
}
