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
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What those paid at both ends of a range who paid when it began: what retention account by account is the sum of. */
@Repository
class RetainedRepository {

    /** Of each account that stood at either end: what it paid when the range {@code [{1}, {2})} began, what it pays when it ends, and since when. */
    static final String ENDS = """
            select account_id, max(mrr_minor) filter (where month < {1}) was, max(mrr_minor) filter (where month < {2} and until >= {2}) pays,
                max(since) filter (where month < {2} and until >= {2}) since
            from revenue.account_month where currency = {0} and month < {2} and until >= {1} group by account_id
            """;
    /** Who came back within the range counts as gone, unless {@code {3}} says otherwise. */
    private static final String COMPARED = """
            with compared as (
                select account_id, was, case when since < {1} or {3} then pays else 0 end pays from (""" + ENDS + """
                ) each_account where was > 0
            )
            """;

    private final DSLContext db;

    RetainedRepository(DSLContext db) {
        this.db = db;
    }

    /** Who paid most when it began comes first. */
    List<Retained> page(Range range, boolean reactivation, @Nullable Mark after, int size) {
        return db.fetch(COMPARED + "select account_id, was, pays from compared where {4} order by was desc, account_id desc limit {5}",
                        val(range.currency().getCurrencyCode()), val(range.from().atDay(1)), val(range.until().atDay(1)), val(reactivation),
                        after == null ? noCondition() : condition("(was, account_id) < ({0}, {1})", val(after.minor()), val(after.account())), val(size))
                .map(row -> new Retained(new AccountId(row.get(0, UUID.class)), money(row, 1, range), money(row, 2, range)));
    }

    RetainedSum sum(Range range, boolean reactivation) {
        return Objects.requireNonNull(db.fetchOne(
                        COMPARED + "select count(*), coalesce(sum(was), 0)::bigint, coalesce(sum(pays), 0)::bigint, coalesce(sum(least(was, pays)), 0)::bigint from compared",
                        val(range.currency().getCurrencyCode()), val(range.from().atDay(1)), val(range.until().atDay(1)), val(reactivation)))
                .map(row -> new RetainedSum(row.get(0, Long.class), money(row, 1, range), money(row, 2, range), money(row, 3, range)));
    }

    private static Money money(Record row, int at, Range range) {
        return new Money(row.get(at, Long.class), range.currency());
    }
}
