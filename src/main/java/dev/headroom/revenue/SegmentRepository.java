package dev.headroom.revenue;

import static dev.headroom.revenue.jooq.Tables.MOVEMENT;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.val;

import dev.headroom.revenue.Retention.Sum;
import dev.headroom.revenue.Segments.Dimension;
import dev.headroom.revenue.Segments.Slice;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What of revenue is of which piece; each dimension is one statement. */
@Repository
class SegmentRepository {

    /** Powers of ten in minor units, from a hundredth of the first bound on: 100, 1,000 and 10,000 dollars, 10,000 yen and so on. */
    private static final String BAND = "case when coalesce(standing.mrr_minor, 0) = 0 then 0 when standing.mrr_minor < 10000 then 1 when standing.mrr_minor < 100000 then 10000 "
            + "when standing.mrr_minor < 1000000 then 100000 else 1000000 end";
    private static final String COUNTRY = "coalesce(account.country, '')";
    /** Of the plan that a subscription had last before the range, or began with in it. */
    private static final String FIRST = "month >= {1}, case when month < {1} then -number else number end";

    private static final String TOTALS = """
            select %s segment, case when month >= {1} then month end, case when month >= {1} then kind end, since < {1}, cohort < {1},
                sum(amount_minor)::bigint, sum(use_minor)::bigint, sum(movements)::bigint, sum(accounts)::bigint
            from (
                select month, cohort, since, kind, product_id, amount_minor, use_minor, movements, accounts from revenue.total where currency = {0} and month < {2}
                union all select month, cohort, since, kind, product_id, amount_minor, use_minor, movements, accounts from revenue.delta where currency = {0} and month < {2}
            ) sums group by 1, 2, 3, 4, 5""";
    private static final String ACCOUNTS = """
            with standing as (select account_id, mrr_minor, use_minor from revenue.account_month where currency = {0} and month < {1} and until >= {1} and mrr_minor > 0)
            select (%1$s)::text, null::date, null::text, true, true, sum(mrr_minor)::bigint, sum(use_minor)::bigint, 0::bigint, count(*)::bigint
            from standing join revenue.account using (account_id) group by 1
            union all
            select (%1$s)::text, month, kind, since < {1}, cohort < {1}, sum(amount_minor)::bigint, sum(movement.use_minor)::bigint, count(*)::bigint, sum((closing_minor > 0)::int - (opening_minor > 0)::int)::bigint
            from revenue.movement join revenue.account using (account_id) left join standing using (account_id)
            where currency = {0} and month >= {1} and month < {2} group by 1, 2, 3, 4, 5""";
    private static final String PLANS = """
            select segment::text, case when month >= {1} then month end, case when month >= {1} then kind end, since < {1}, cohort < {1}, sum(amount_minor)::bigint, sum(use_minor)::bigint, count(*)::bigint, 0::bigint
            from (
                select month, kind, since, cohort, amount_minor, use_minor, first_value(plan_version_after) over (partition by account_id, coalesce(goes_on_as, subscription_id) order by %s) segment
                from revenue.movement
                    left join (select account_id, subscription_id, goes_on_as from revenue.counted where goes_on_as is not null) handed using (account_id, subscription_id)
                where currency = {0} and month < {2}
            ) each_movement group by 1, 2, 3, 4, 5""".formatted(FIRST);

    private final DSLContext db;

    SegmentRepository(DSLContext db) {
        this.db = db;
    }

    /**
     * Some of the movements of a piece.
     *
     * @param segment  as the database has it: the id of a product or of a version of a plan
     * @param month    absent is before the range, with no kind then
     * @param stayed   of those who paid when the range began, and since then without a break
     * @param known    of those who paid before it
     * @param accounts how many more pay after it
     */
    record Part(String segment, @Nullable YearMonth month, @Nullable MovementKind kindOf, boolean stayed, boolean known, Sum sum, long accounts) {

        YearMonth present() {
            return Objects.requireNonNull(month);
        }

        MovementKind kind() {
            return Objects.requireNonNull(kindOf);
        }
    }

    List<Part> parts(Currency currency, Dimension by, YearMonth from, YearMonth until) {
        return db.fetch(sql(by), val(currency.getCurrencyCode()), val(from.atDay(1)), val(until.atDay(1))).map(row -> new Part(
                row.get(0, String.class), Optional.ofNullable(row.get(1, LocalDate.class)).map(YearMonth::from).orElse(null),
                Optional.ofNullable(row.get(2, String.class)).map(MovementKind::valueOf).orElse(null), row.get(3, Boolean.class), row.get(4, Boolean.class),
                new Sum(row.get(5, Long.class), row.get(6, Long.class), row.get(7, Long.class)), row.get(8, Long.class)));
    }

    /**
     * That movements are of a piece.
     *
     * @param ids of the product, or of the versions of the plan
     */
    static Condition of(Slice slice, List<UUID> ids) {
        Field<LocalDate> from = val(slice.from().atDay(1));
        return switch (slice.by()) {
            case PRODUCT -> MOVEMENT.PRODUCT_ID.in(ids);
            case PLAN -> condition("""
                    (select plan_version_after from revenue.movement first_ join revenue.counted handed using (account_id, subscription_id)
                        where first_.account_id = movement.account_id and first_.currency = movement.currency and coalesce(handed.goes_on_as, subscription_id) = (
                            select coalesce(own.goes_on_as, own.subscription_id) from revenue.counted own
                            where own.account_id = movement.account_id and own.subscription_id = movement.subscription_id)
                        order by %s limit 1) = any({0})""".formatted(FIRST), val(ids.toArray(UUID[]::new)), from);
            case COUNTRY -> condition("(select " + COUNTRY + " from revenue.account where account.account_id = movement.account_id) = {0}", val(slice.key()));
            case SIZE -> condition("""
                    coalesce((select %s from revenue.account_month standing where standing.account_id = movement.account_id and standing.currency = movement.currency
                        and standing.month < {1} and standing.until >= {1}), 0)::text = {0}""".formatted(BAND), val(slice.key()), from);
            case COHORT -> condition("extract(year from movement.cohort)::int::text = {0}", val(slice.key()));
        };
    }

    /** Accounts whose country nobody asked for yet. */
    List<UUID> withoutCountry(int most) {
        return db.fetch("select account_id from revenue.account where country is null order by account_id limit {0}", val(most)).map(row -> row.get(0, UUID.class));
    }

    void locate(Map<UUID, String> countries) {
        db.execute("update revenue.account set country = known.country from unnest({0}::uuid[], {1}::text[]) known(id, country) where account_id = known.id",
                val(countries.keySet().toArray(UUID[]::new)), val(countries.values().toArray(String[]::new)));
    }

    private static String sql(Dimension by) {
        return switch (by) {
            case PRODUCT -> TOTALS.formatted("product_id::text");
            case COHORT -> TOTALS.formatted("extract(year from cohort)::int::text");
            case COUNTRY -> ACCOUNTS.formatted(COUNTRY);
            case SIZE -> ACCOUNTS.formatted(BAND);
            case PLAN -> PLANS;
        };
    }
}
