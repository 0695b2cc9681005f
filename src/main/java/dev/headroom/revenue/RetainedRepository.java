package dev.headroom.revenue;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.money.Money;
import dev.headroom.revenue.PayingAccounts.Mark;
import dev.headroom.revenue.PayingAccounts.Range;
import dev.headroom.revenue.PayingAccounts.Retained;
import dev.headroom.revenue.PayingAccounts.RetainedSum;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What those paid at both ends of a range who paid when it began: what retention account by account is the sum of. */
@Repository
class RetainedRepository {

    /** Of each account that stood at either end: what it paid when the range {@code [{1}, {2})} began, what it pays when it ends, and since when; without use, unless {@code {3}} says otherwise; of accounts that are {@code {4}}. */
    static final String ENDS = """
            select account_id, max(paid) filter (where month < {1}) was, max(paid) filter (where month < {2} and until >= {2}) pays,
                max(since) filter (where month < {2} and until >= {2}) since
            from (
                select account_id, month, until, since, case when {3} then mrr_minor else mrr_minor - use_minor end paid
                from revenue.account_month where currency = {0} and month < {2} and until >= {1} and {4}
            ) stood group by account_id
            """;
    /** Who came back within the range counts as gone, unless {@code {5}} says otherwise. */
    private static final String COMPARED = """
            with compared as (
                select account_id, was, case when since < {1} or {5} then pays else 0 end pays from (""" + ENDS + """
                ) each_account where was > 0
            )
            """;

    private final DSLContext db;

    RetainedRepository(DSLContext db) {
        this.db = db;
    }

    /** Who paid most when it began comes first. */
    List<Retained> page(Range range, RevenueSettings counted, @Nullable Mark after, int size) {
        Condition from = after == null ? noCondition() : condition("(was, account_id) < ({0}, {1})", val(after.minor()), val(after.account()));
        return db.fetch(COMPARED + "select account_id, was, pays from compared where {6} order by was desc, account_id desc limit {7}", asked(range, counted, noCondition(), from, val(size)))
                .map(row -> retained(row, range));
    }

    /** In the order in which they are found without looking at all of them. */
    List<Retained> behind(Range range, RevenueSettings counted, @Nullable AccountId after, int size) {
        Condition from = after == null ? noCondition() : condition("account_id > {0}", val(after.value()));
        return db.fetch(COMPARED + "select account_id, was, pays from compared order by account_id limit {6}", asked(range, counted, from, val(size))).map(row -> retained(row, range));
    }

    private static QueryPart[] asked(Range range, RevenueSettings counted, Condition of, QueryPart... more) {
        return Stream.concat(
                        Stream.of(val(range.currency().getCurrencyCode()), val(range.from().atDay(1)), val(range.until().atDay(1)), val(counted.use()), of, val(counted.reactivation())),
                        Stream.of(more))
                .toArray(QueryPart[]::new);
    }

    private static Retained retained(Record row, Range range) {
        return new Retained(new AccountId(row.get(0, UUID.class)), money(row, 1, range), money(row, 2, range));
    }

    RetainedSum sum(Range range, RevenueSettings counted) {
        return Objects.requireNonNull(db.fetchOne(
                        COMPARED + "select count(*), coalesce(sum(was), 0)::bigint, coalesce(sum(pays), 0)::bigint, coalesce(sum(least(was, pays)), 0)::bigint from compared",
                        asked(range, counted, noCondition())))
                .map(row -> new RetainedSum(row.get(0, Long.class), money(row, 1, range), money(row, 2, range), money(row, 3, range)));
    }

    private static Money money(Record row, int at, Range range) {
        return new Money(row.get(at, Long.class), range.currency());
    }
}
