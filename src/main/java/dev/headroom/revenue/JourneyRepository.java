package dev.headroom.revenue;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.val;

import dev.headroom.revenue.Revenues.Waited;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Repository;

/** What is told of accounts one by one, from their movements. */
@Repository
class JourneyRepository {

    /**
     * Ids of accounts that pay for more than one product before a month begins. Movements of a product that has ended come to a rest of less than a minor unit each, for each was
     * rounded with the rest of its account; what of them is use leaves no rest, however little it is.
     */
    private static final String SEVERAL = """
            select account_id from (
                select account_id, product_id from revenue.movement
                where currency = {0} and month < {1} and account_id in (
                    select account_id from (select distinct account_id, product_id from revenue.movement where currency = {0} %s) ever group by account_id having count(*) > 1
                )
                group by account_id, product_id having sum(amount_minor) >= count(*) or sum(use_minor) > 0
            ) paid group by account_id having count(*) > 1""";

    private final DSLContext db;

    JourneyRepository(DSLContext db) {
        this.db = db;
    }

    /** @param end until which those are watched to whom nothing happened */
    List<Waited> waited(Currency currency, YearMonth from, YearMonth until, Instant end, Collection<MovementKind> expansions) {
        return db.fetch("""
                with life as (
                    select min(effective_at) filter (where number = 1) began, min(number) filter (where kind = any({4})) expansion, min(effective_at) filter (where kind = any({4})) expanded_at,
                        min(number) filter (where closing_minor = 0) ending, min(effective_at) filter (where closing_minor = 0) ended_at
                    from revenue.movement where currency = {0} and cohort >= {1} and cohort < {2} and month < {2} group by account_id
                ), seen as (
                    select began, expansion is not null and expansion < coalesce(ending, expansion + 1) expanded, expanded_at, coalesce(ended_at, {3}::timestamptz) watched_until from life
                )
                select floor(greatest(extract(epoch from case when expanded then expanded_at else watched_until end - began), 0) / 86400)::int, expanded, count(*)
                from seen group by 1, 2 order by 1, 2""", val(currency.getCurrencyCode()), val(from.atDay(1)), val(until.atDay(1)), val(end.toString()), val(names(expansions)))
                .map(row -> new Waited(row.get(0, Integer.class), row.get(1, Boolean.class), row.get(2, Long.class)));
    }

    private static String[] names(Collection<MovementKind> kinds) {
        return kinds.stream().map(Enum::name).toArray(String[]::new);
    }

    long several(Currency currency, YearMonth until) {
        return db.fetchOne("select count(*) from (" + SEVERAL.formatted("") + ") each_account", val(currency.getCurrencyCode()), val(until.atDay(1))).get(0, Long.class);
    }

    /** Of all of them, at once. */
    static Condition several(Field<UUID> account, Currency currency, YearMonth until) {
        return condition("{2} in (" + SEVERAL.formatted("") + ")", val(currency.getCurrencyCode()), val(until.atDay(1)), account);
    }

    /** Of one account after the other: whoever lists some of them looks at the movements of no others. */
    static Condition severalOfEach(Field<UUID> account, Currency currency, YearMonth until) {
        return condition("{2} in (" + SEVERAL.formatted("and account_id = {2}") + ")", val(currency.getCurrencyCode()), val(until.atDay(1)), account);
    }
}
