package dev.headroom.revenue;

import static dev.headroom.revenue.LedgerRepository.month;
import static dev.headroom.revenue.jooq.Tables.ACCOUNT;
import static dev.headroom.revenue.jooq.Tables.ACCOUNT_MONTH;
import static dev.headroom.revenue.jooq.Tables.BALANCE;
import static dev.headroom.revenue.jooq.Tables.COUNTED;
import static dev.headroom.revenue.jooq.Tables.MOVEMENT;

import dev.headroom.account.AccountId;
import dev.headroom.revenue.Ledger.Counted;
import dev.headroom.revenue.Ledger.Standing;
import dev.headroom.subscription.SubscriptionId;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Repository;

/** All that is kept of an account, for comparing. */
@Repository
class KeptRepository {

    private final DSLContext db;

    KeptRepository(DSLContext db) {
        this.db = db;
    }

    /**
     * What is kept, or should be, each by a name for people.
     *
     * @param early    of movements, those whose kind was named by the first edition of the rules
     * @param handedOn what was brought, by what goes on with it
     * @param months   what it paid at the ends of months
     */
    record Kept(
            Set<UUID> early, Map<String, RevenueMovement> movements, Map<String, Standing> standings, Map<String, Counted> counted, Map<String, SubscriptionId> handedOn,
            Map<String, Long> months) {

        static Kept of(
                Map<Currency, Standing> standings, Map<SubscriptionId, Counted> counted, Map<SubscriptionId, SubscriptionId> handedOn, List<RevenueMovement> movements) {
            Map<String, Long> months = new TreeMap<>();
            movements.forEach(each -> months.put(each.month() + " " + each.amount().currency(), each.closing().minor()));
            return new Kept(Set.of(), byName(movements), byName(standings), byName(counted), byName(handedOn), months);
        }

        static Map<String, RevenueMovement> byName(List<RevenueMovement> movements) {
            return movements.stream().collect(Collectors.toMap(each -> each.amount().currency() + " " + each.number(), each -> each));
        }

        private static <K, T> Map<String, T> byName(Map<K, T> things) {
            return things.entrySet().stream().collect(Collectors.toMap(each -> each.getKey().toString(), Map.Entry::getValue));
        }
    }

    /** Whether the account's history is in the ledger at all. */
    boolean begun(AccountId account) {
        return db.fetchExists(ACCOUNT, ACCOUNT.ACCOUNT_ID.eq(account.value()));
    }

    Kept kept(AccountId account) {
        return new Kept(
                db.select(MOVEMENT.ID).from(MOVEMENT).where(MOVEMENT.ACCOUNT_ID.eq(account.value()), MOVEMENT.EDITION.lt(Ledger.EDITION)).fetchSet(MOVEMENT.ID),
                Kept.byName(db.select(MovementPageRepository.COLUMNS).from(MOVEMENT).where(MOVEMENT.ACCOUNT_ID.eq(account.value())).fetch(MovementPageRepository::movement)),
                db.select(BALANCE.CURRENCY, BALANCE.NUMBER, BALANCE.YEAR, BALANCE.MRR_MINOR, BALANCE.USE_MINOR, month(BALANCE.MONTH), month(BALANCE.COHORT), month(BALANCE.SINCE))
                        .from(BALANCE)
                        .where(BALANCE.ACCOUNT_ID.eq(account.value()))
                        .fetchMap(row -> row.value1().toString(), row -> new Standing(
                                row.value2() == null ? 0 : row.value2(), row.value3(), row.value4(), row.value5(), row.value6(), row.value7(), row.value8())),
                db.selectFrom(COUNTED)
                        .where(COUNTED.ACCOUNT_ID.eq(account.value()))
                        .fetchMap(row -> new SubscriptionId(row.getSubscriptionId()).toString(), row -> new Counted(row.getYear(), row.getUsage(), row.get(COUNTED.USE_MINOR), row.getPaused(), true)),
                db.selectFrom(COUNTED)
                        .where(COUNTED.ACCOUNT_ID.eq(account.value()), COUNTED.GOES_ON_AS.isNotNull())
                        .fetchMap(row -> new SubscriptionId(row.getSubscriptionId()).toString(), row -> new SubscriptionId(row.getGoesOnAs())),
                db.select(month(ACCOUNT_MONTH.MONTH), ACCOUNT_MONTH.CURRENCY, ACCOUNT_MONTH.MRR_MINOR)
                        .from(ACCOUNT_MONTH)
                        .where(ACCOUNT_MONTH.ACCOUNT_ID.eq(account.value()))
                        .fetchMap(row -> row.value1() + " " + row.value2(), row -> row.value3()));
    }

    /** Sums that are not those of the movements, in words. */
    List<String> wrongTotals() {
        return db.fetch("""
                with kept as (
                    select month, currency, cohort, since, kind, product_id, sum(amount_minor) amount, sum(movements) movements, sum(accounts) accounts, sum(use_minor) use_minor
                    from (select month, currency, cohort, since, kind, product_id, amount_minor, movements, accounts, use_minor from revenue.total
                          union all select month, currency, cohort, since, kind, product_id, amount_minor, movements, accounts, use_minor from revenue.delta) both_
                    group by month, currency, cohort, since, kind, product_id
                ), reckoned as (
                    select month, currency, cohort, since, kind, product_id, sum(amount_minor) amount, count(*) movements,
                        sum((closing_minor > 0)::int - (opening_minor > 0)::int) accounts, sum(use_minor) use_minor
                    from revenue.movement group by month, currency, cohort, since, kind, product_id
                )
                select * from kept full join reckoned using (month, currency, cohort, since, kind, product_id)
                where (kept.amount, kept.movements, kept.accounts, kept.use_minor) is distinct from (reckoned.amount, reckoned.movements, reckoned.accounts, reckoned.use_minor)
                order by month, currency, cohort, since, kind, product_id""").map(KeptRepository::told);
    }

    private static String told(Record row) {
        return "total of " + row.get("kind") + " in " + row.get("month", LocalDate.class).toString().substring(0, 7) + ", " + row.get("currency") + ", cohort "
                + row.get("cohort", LocalDate.class).toString().substring(0, 7) + ": kept is " + row.get(6) + " of " + row.get(7) + ", reckoned " + row.get(10) + " of " + row.get(11);
    }
}
