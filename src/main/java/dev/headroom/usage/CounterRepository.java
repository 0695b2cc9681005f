package dev.headroom.usage;

import static dev.headroom.usage.EventRepository.micros;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQL;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

@Repository
class CounterRepository {

    private static final String RAISE = """
            insert into usage.counter as c (account_id, grain, feature_id, grp, period_from, period_until, used, last_at)
            select account_id, grain, feature_id, grp, timestamptz 'epoch' + period_from * interval '1 microsecond',
              timestamptz 'epoch' + period_until * interval '1 microsecond', used, timestamptz 'epoch' + last_at * interval '1 microsecond'
            from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}) as t (account_id, grain, feature_id, grp, period_from, period_until, used, last_at)
            on conflict (account_id, grain, feature_id, grp, period_from) do update
            set used = {8}, last_at = greatest(c.last_at, excluded.last_at), revision = c.revision + 1""";

    private static final String WINDOWS = """
            select account_id, feature_id, period_from, period_until, used
            from usage.counter
            where account_id = any ({0}) and grain = 'PERIOD' and grp = '' and period_until > {1} and feature_id <> all ({2})""";

    /** Hours that have not ended before the days that count, and the values seen in those. */
    private static final String ROLLING = """
            union all
            select c.account_id, c.feature_id, {5}, {6}, case f.aggregation
              when 'MAX' then max(c.used)
              when 'LATEST' then (array_agg(c.used order by c.last_at desc, c.used desc))[1]
              else sum(c.used)::bigint end
            from usage.counter c
            join unnest({2}, {3}, {4}) as f (feature_id, aggregation, since) on f.feature_id = c.feature_id
            where c.account_id = any ({0}) and c.grain = 'HOUR' and c.grp = '' and f.aggregation <> 'UNIQUE'
              and c.period_until > timestamptz 'epoch' + f.since * interval '1 microsecond'
            group by c.account_id, c.feature_id, f.aggregation
            union all
            select s.account_id, s.feature_id, {5}, {6}, count(*)
            from usage.seen s
            join unnest({2}, {3}, {4}) as f (feature_id, aggregation, since) on f.feature_id = s.feature_id
            where s.account_id = any ({0}) and f.aggregation = 'UNIQUE' and s.last_at > timestamptz 'epoch' + f.since * interval '1 microsecond'
            group by s.account_id, s.feature_id""";

    private final DSLContext db;

    CounterRepository(DSLContext db) {
        this.db = db;
    }

    /** Raises totals of one kind; sorted by {@link Tally.Key#ORDER}. */
    void raise(Aggregation aggregation, List<Tally> sorted) {
        db.execute(RAISE,
                val(array(sorted, tally -> tally.key().account(), new UUID[0])),
                val(array(sorted, tally -> tally.key().grain().name(), new String[0])),
                val(array(sorted, tally -> tally.key().feature(), new UUID[0])),
                val(array(sorted, tally -> tally.key().group(), new String[0])),
                val(array(sorted, tally -> micros(tally.key().window().from()), new Long[0])),
                val(array(sorted, tally -> micros(tally.key().window().until()), new Long[0])),
                val(array(sorted, Tally::amount, new Long[0])),
                val(array(sorted, tally -> micros(tally.lastAt()), new Long[0])),
                together(aggregation));
    }

    /** The same as {@link Tally#and}, said to the database. */
    private static SQL together(Aggregation aggregation) {
        return DSL.sql(switch (aggregation) {
            case SUM, COUNT, UNIQUE -> "c.used + excluded.used";
            case MAX -> "greatest(c.used, excluded.used)";
            case LATEST -> "case when (excluded.last_at, excluded.used) > (c.last_at, c.used) then excluded.used else c.used end";
        });
    }

    /**
     * What was used in every window that has not ended.
     *
     * @param rolling features whose windows roll: of these, what was used in the days up to now
     */
    List<UsageCounter> counters(Collection<AccountId> accounts, List<Feature> rolling, Instant at) {
        return db.resultQuery(rolling.isEmpty() ? WINDOWS : WINDOWS + "\n" + ROLLING,
                        val(accounts.stream().map(AccountId::value).toArray(UUID[]::new)), val(at),
                        val(rolling.stream().map(feature -> feature.id().value()).toArray(UUID[]::new)),
                        val(rolling.stream().map(feature -> Objects.requireNonNull(feature.meter()).aggregation().name()).toArray(String[]::new)),
                        val(rolling.stream().map(feature -> micros(since(feature, at))).toArray(Long[]::new)),
                        val(Reset.EVER.from()), val(Reset.EVER.until()))
                .fetch(row -> new UsageCounter(
                        new AccountId(row.get(0, UUID.class)), new FeatureId(row.get(1, UUID.class)),
                        new Period(row.get(2, Instant.class), row.get(3, Instant.class)), row.get(4, Long.class)));
    }

    private static Instant since(Feature feature, Instant at) {
        return at.minus(Duration.ofDays(Objects.requireNonNull(feature.rollingDays())));
    }

    private static <T> T[] array(List<Tally> tallies, Function<Tally, T> column, T[] empty) {
        return tallies.stream().map(column).toList().toArray(empty);
    }
}
