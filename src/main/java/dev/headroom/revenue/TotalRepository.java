package dev.headroom.revenue;

import static dev.headroom.revenue.jooq.Tables.ACCOUNT_MONTH;
import static dev.headroom.revenue.jooq.Tables.DELTA;
import static dev.headroom.revenue.jooq.Tables.RETAINED;

import dev.headroom.revenue.Ledger.Booked;
import dev.headroom.revenue.Ledger.Standing;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

/** Sums of movements, and what accounts paid at the ends of months: kept so that a figure is a sum of few rows. */
@Repository
class TotalRepository {

    private static final LocalDate OPEN = LocalDate.of(9999, 12, 31);
    private static final int FOLDED_AT_ONCE = 20_000;

    private final DSLContext db;

    TotalRepository(DSLContext db) {
        this.db = db;
    }

    /** What follows of movements; each has rows of its own or of its account, so that two accounts never wait for each other. */
    Stream<Query> upkeep(Fact fact, Standing before, Booked booked) {
        if (booked.movements().isEmpty()) {
            return Stream.empty();
        }
        Standing after = booked.standing();
        LocalDate month = Objects.requireNonNull(after.month()).atDay(1);
        return Stream.concat(
                booked.movements().stream().map(this::delta),
                Stream.of(ended(fact, month), balance(fact, after, month), db.deleteFrom(RETAINED).where(RETAINED.MONTH.ge(month))).skip(after.month().equals(before.month()) ? 1 : 0));
    }

    private Query delta(RevenueMovement movement) {
        return db.insertInto(DELTA)
                .set(DELTA.MONTH, movement.month().atDay(1))
                .set(DELTA.CURRENCY, movement.amount().currency())
                .set(DELTA.COHORT, movement.cohort().atDay(1))
                .set(DELTA.SINCE, movement.since().atDay(1))
                .set(DELTA.KIND, movement.kind().name())
                .set(DELTA.PRODUCT_ID, movement.product().value())
                .set(DELTA.AMOUNT_MINOR, movement.amount().minor())
                .set(DELTA.USE_MINOR, movement.use().minor())
                .set(DELTA.MOVEMENTS, 1L)
                .set(DELTA.ACCOUNTS, (movement.closing().isZero() ? 0L : 1L) - (movement.opening().isZero() ? 0L : 1L));
    }

    private Query ended(Fact fact, LocalDate month) {
        return db.update(ACCOUNT_MONTH)
                .set(ACCOUNT_MONTH.UNTIL, month)
                .where(ACCOUNT_MONTH.ACCOUNT_ID.eq(fact.account().value()), ACCOUNT_MONTH.CURRENCY.eq(fact.currency()), ACCOUNT_MONTH.UNTIL.eq(OPEN));
    }

    private Query balance(Fact fact, Standing after, LocalDate month) {
        return db.insertInto(ACCOUNT_MONTH)
                .set(ACCOUNT_MONTH.ACCOUNT_ID, fact.account().value())
                .set(ACCOUNT_MONTH.CURRENCY, fact.currency())
                .set(ACCOUNT_MONTH.MONTH, month)
                .set(ACCOUNT_MONTH.MRR_MINOR, after.mrr())
                .set(ACCOUNT_MONTH.USE_MINOR, after.use())
                .set(ACCOUNT_MONTH.SINCE, LedgerRepository.first(after.since()))
                .onConflict(ACCOUNT_MONTH.ACCOUNT_ID, ACCOUNT_MONTH.CURRENCY, ACCOUNT_MONTH.MONTH)
                .doUpdate()
                .set(ACCOUNT_MONTH.MRR_MINOR, DSL.excluded(ACCOUNT_MONTH.MRR_MINOR))
                .set(ACCOUNT_MONTH.USE_MINOR, DSL.excluded(ACCOUNT_MONTH.USE_MINOR))
                .set(ACCOUNT_MONTH.SINCE, DSL.excluded(ACCOUNT_MONTH.SINCE));
    }

    /** Takes what is in delta into the totals; true where there may be more. Two at once take different rows. */
    boolean fold() {
        return db.execute("""
                with taken as (
                    delete from revenue.delta where id in (select id from revenue.delta order by id limit {0} for update skip locked) returning *
                )
                insert into revenue.total (month, currency, cohort, since, kind, product_id, amount_minor, movements, accounts, use_minor)
                select month, currency, cohort, since, kind, product_id, sum(amount_minor), sum(movements), sum(accounts), sum(use_minor)
                from taken group by month, currency, cohort, since, kind, product_id
                order by month, currency, cohort, since, kind, product_id
                on conflict (month, currency, cohort, since, kind, product_id) do update set
                    amount_minor = total.amount_minor + excluded.amount_minor, movements = total.movements + excluded.movements,
                    accounts = total.accounts + excluded.accounts, use_minor = total.use_minor + excluded.use_minor""", DSL.val(FOLDED_AT_ONCE)) > 0;
    }
}
