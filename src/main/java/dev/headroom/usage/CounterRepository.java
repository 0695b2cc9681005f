package dev.headroom.usage;

import static dev.headroom.usage.EventRepository.micros;
import static dev.headroom.usage.jooq.Tables.COUNTER;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import dev.headroom.usage.Tally.Grain;
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

    private static final String ROLLING = """
            select c.account_id, c.feature_id, case f.aggregation
              when 'MAX' then max(c.used)
              when 'LATEST' then (array_agg(c.used order by c.last_at desc, c.used desc))[1]
              else sum(c.used)::bigint end
            from usage.counter c
            join unnest({1}, {2}, {3}) as f (feature_id, aggregation, since) on f.feature_id = c.feature_id
            where c.account_id = any ({0}) and c.grain = 'HOUR' and c.grp = ''
              and c.period_until > timestamptz 'epoch' + f.since * interval '1 microsecond'
            group by c.account_id, c.feature_id, f.aggregation""";

    private static final String ROLLING_UNIQUE = """
            select s.account_id, s.feature_id, count(*)
            from usage.seen s
            join unnest({1}, {2}, {3}) as f (feature_id, aggregation, since) on f.feature_id = s.feature_id
            where s.account_id = any ({0}) and s.last_at > timestamptz 'epoch' + f.since * interval '1 microsecond'
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

    /** @param rolling left out: the window without end that they are counted in says nothing */
    List<UsageCounter> counters(Collection<AccountId> accounts, List<Feature> rolling, Instant at) {
        return db.select(
                        COUNTER.ACCOUNT_ID.convertFrom(AccountId::new), COUNTER.FEATURE_ID.convertFrom(FeatureId::new),
                        row(COUNTER.PERIOD_FROM, COUNTER.PERIOD_UNTIL).mapping(Period::new), COUNTER.USED)
                .from(COUNTER)
                .where(
                        COUNTER.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()), COUNTER.GRAIN.eq(Grain.PERIOD.name()),
                        COUNTER.GRP.eq(""), COUNTER.PERIOD_UNTIL.gt(at),
                        COUNTER.FEATURE_ID.notIn(rolling.stream().map(feature -> feature.id().value()).toList()))
                .fetch(mapping(UsageCounter::new));
    }

    /** What hours add up to that have not ended before the days that count. */
    List<UsageCounter> rolling(Collection<AccountId> accounts, List<Feature> rolling, Instant at) {
        return rolling(ROLLING, accounts, rolling, at);
    }

    /** How many values were seen in the days that count. */
    List<UsageCounter> rollingUnique(Collection<AccountId> accounts, List<Feature> rolling, Instant at) {
        return rolling(ROLLING_UNIQUE, accounts, rolling, at);
    }

    private List<UsageCounter> rolling(String sql, Collection<AccountId> accounts, List<Feature> rolling, Instant at) {
        return db.resultQuery(sql,
                        val(accounts.stream().map(AccountId::value).toArray(UUID[]::new)),
                        val(rolling.stream().map(feature -> feature.id().value()).toArray(UUID[]::new)),
                        val(rolling.stream().map(feature -> Objects.requireNonNull(feature.meter()).aggregation().name()).toArray(String[]::new)),
                        val(rolling.stream().map(feature -> micros(since(feature, at))).toArray(Long[]::new)))
                .fetch(row -> new UsageCounter(
                        new AccountId(row.get(0, UUID.class)), new FeatureId(row.get(1, UUID.class)), Reset.EVER, row.get(2, Long.class)));
    }

    private static Instant since(Feature feature, Instant at) {
        return at.minus(Duration.ofDays(Objects.requireNonNull(feature.rollingDays())));
    }

    private static <T> T[] array(List<Tally> tallies, Function<Tally, T> column, T[] empty) {
        return tallies.stream().map(column).toList().toArray(empty);
    }
}
