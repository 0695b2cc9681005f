package dev.headroom.usage;

import static dev.headroom.usage.Columns.texts;
import static dev.headroom.usage.Columns.times;
import static dev.headroom.usage.Columns.uuids;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Reset;
import dev.headroom.usage.UsageHistories.Largest;
import dev.headroom.usage.UsageHistories.Span;
import dev.headroom.usage.UsageHistories.Step;
import dev.headroom.usage.UsageHistories.UsageGroup;
import dev.headroom.usage.UsageHistories.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads totals back: of hours, of days made of them, of groups. */
@Repository
class HistoryRepository {

    /**
     * Hours and days, each with the first hour in it; and, without an hour, what was held or latest before. Laterally, so that every span and
     * feature is a range of the primary key, however many rows the planner expects.
     */
    private static final String POINTS = """
            with asked as (
              select n, account_id, zone, by_day,
                timestamptz 'epoch' + since * interval '1 microsecond' as since, timestamptz 'epoch' + until * interval '1 microsecond' as until
              from unnest({0}, {1}, {2}, {3}, {4}) with ordinality as t (account_id, zone, by_day, since, until, n)
            ), counted as (
              select feature_id, kind from unnest({5}, {6}) as t (feature_id, kind)
            )
            select a.n, k.feature_id, point.at, point.used
            from asked a
            cross join counted k
            cross join lateral (
              select min(c.period_from) as at, case k.kind
                when 'LARGEST' then max(c.used)
                when 'LATEST' then (array_agg(c.used order by c.last_at desc, c.used desc))[1]
                else sum(c.used)::bigint end as used
              from usage.counter c
              where c.account_id = a.account_id and c.grain = 'HOUR' and c.feature_id = k.feature_id and c.grp = ''
                and c.period_from >= a.since and c.period_from < a.until
              group by case when a.by_day then date_trunc('day', c.period_from at time zone a.zone) else c.period_from at time zone 'UTC' end) point
            union all
            select n, feature_id, null, used
            from (
              select a.n, k.feature_id, case k.kind
                when 'LATEST' then (
                  select c.used from usage.counter c
                  where c.account_id = a.account_id and c.grain = 'HOUR' and c.feature_id = k.feature_id and c.grp = '' and c.period_from < a.since
                  order by c.period_from desc limit 1)
                when 'HELD' then (
                  select sum(c.used)::bigint from usage.counter c
                  where c.account_id = a.account_id and c.grain = 'HOUR' and c.feature_id = k.feature_id and c.grp = '' and c.period_from < a.since)
                end as used
              from asked a
              cross join counted k
              where k.kind in ('LATEST', 'HELD')) before
            where used is not null""";

    private static final String WHOLES = """
            select a.n, c.used
            from unnest({0}, {1}, {2}) with ordinality as a (account_id, feature_id, period_from, n)
            join usage.counter c on c.account_id = a.account_id and c.grain = 'PERIOD' and c.feature_id = a.feature_id and c.grp = ''
              and c.period_from = timestamptz 'epoch' + a.period_from * interval '1 microsecond'""";

    /** Of a window that rolls, groups are kept by the hour. What is beyond the first ones is put together, as far as that means anything. */
    private static final String GROUPS = """
            with asked as (
              select n, account_id, feature_id, kind, rolls, timestamptz 'epoch' + period_from * interval '1 microsecond' as since, first
              from unnest({0}, {1}, {2}, {3}, {4}, {5}) with ordinality as t (account_id, feature_id, kind, rolls, period_from, first, n)
            ), found as (
              select a.n, a.kind, a.first, c.grp, c.used
              from asked a
              join usage.counter c on c.account_id = a.account_id and c.grain = 'PERIOD' and c.feature_id = a.feature_id and c.grp <> ''
                and c.period_from = a.since
              where not a.rolls
              union all
              select a.n, a.kind, a.first, c.grp, case a.kind
                when 'LARGEST' then max(c.used)
                when 'LATEST' then (array_agg(c.used order by c.last_at desc, c.used desc))[1]
                else sum(c.used)::bigint end
              from asked a
              join usage.counter c on c.account_id = a.account_id and c.grain = 'HOUR' and c.feature_id = a.feature_id and c.grp <> ''
                and c.period_until > a.since
              where a.rolls
              group by a.n, a.kind, a.first, c.grp
            ), placed as (
              select n, kind, grp, used, row_number() over (partition by n order by used desc, grp) as place, first from found
            )
            select n, case when place <= first then grp end as grp,
              case when kind in ('LARGEST', 'LATEST') then max(used) else sum(used)::bigint end as used,
              case when min(place) > max(first) then count(*) else 0 end as others
            from placed
            group by n, kind, case when place <= first then grp end
            order by n, min(place)""";

    private static final String TOTALS = """
            select feature_id, account_id, used
            from (
              select k.feature_id, a.account_id, case k.kind
                when 'HELD' then (
                  select c.used from usage.counter c
                  where c.account_id = a.account_id and c.grain = 'PERIOD' and c.feature_id = k.feature_id and c.grp = '' and c.period_from = {4})
                when 'LATEST' then (
                  select c.used from usage.counter c
                  where c.account_id = a.account_id and c.grain = 'HOUR' and c.feature_id = k.feature_id and c.grp = ''
                  order by c.period_from desc limit 1)
                when 'LARGEST' then (
                  select max(c.used) from usage.counter c
                  where c.account_id = a.account_id and c.grain = 'HOUR' and c.feature_id = k.feature_id and c.grp = '' and c.period_from >= {3})
                else (
                  select sum(c.used)::bigint from usage.counter c
                  where c.account_id = a.account_id and c.grain = 'HOUR' and c.feature_id = k.feature_id and c.grp = '' and c.period_from >= {3})
                end as used
              from unnest({0}) as a (account_id)
              cross join unnest({1}, {2}) as k (feature_id, kind)) totals
            where used is not null""";

    private static final TypeReference<Map<String, Object>> PROPERTIES = new TypeReference<>() {};

    private final DSLContext db;
    private final JsonMapper json;

    HistoryRepository(DSLContext db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** What hours of a feature say together. */
    enum Kind {
        ADDED,
        /** What was added never goes away again. */
        HELD,
        LARGEST,
        LATEST;

        static Kind of(Feature feature) {
            return switch (Objects.requireNonNull(feature.meter()).aggregation()) {
                case SUM, COUNT, UNIQUE -> feature.reset() == Reset.NEVER ? HELD : ADDED;
                case MAX -> LARGEST;
                case LATEST -> LATEST;
            };
        }
    }

    /** @param at in the point that it is of; absent for what was before the first one */
    record Found(FeatureId feature, @Nullable Instant at, long used) {}

    Map<Span, List<Found>> points(List<Span> spans, List<Feature> counted) {
        return db.resultQuery(POINTS,
                        val(uuids(spans, span -> span.account().value())),
                        val(texts(spans, span -> span.zone().getId())),
                        val(spans.stream().map(span -> span.step() == Step.DAY).toArray(Boolean[]::new)),
                        val(times(spans, span -> span.period().from())),
                        val(times(spans, span -> span.period().until())),
                        val(uuids(counted, feature -> feature.id().value())),
                        val(texts(counted, feature -> Kind.of(feature).name())))
                .fetch()
                .stream()
                .collect(groupingBy(
                        row -> spans.get(row.get(0, Integer.class) - 1),
                        mapping(row -> new Found(new FeatureId(row.get(1, UUID.class)), row.get(2, Instant.class), row.get(3, Long.class)), toList())));
    }

    Map<Window, Long> windows(List<Window> asked) {
        return db.resultQuery(WHOLES,
                        val(uuids(asked, each -> each.account().value())),
                        val(uuids(asked, each -> each.feature().value())),
                        val(times(asked, each -> each.period().from())))
                .fetchMap(row -> asked.get(row.get(0, Integer.class) - 1), row -> row.get(1, Long.class));
    }

    Map<Largest, List<UsageGroup>> groups(List<Largest> asked) {
        return db.resultQuery(GROUPS,
                        val(uuids(asked, each -> each.account().value())),
                        val(uuids(asked, each -> each.feature().id().value())),
                        val(texts(asked, each -> Kind.of(each.feature()).name())),
                        val(asked.stream().map(each -> Counters.rolls(each.feature())).toArray(Boolean[]::new)),
                        val(times(asked, each -> each.window().from())),
                        val(asked.stream().map(Largest::first).toArray(Integer[]::new)))
                .fetch()
                .stream()
                .collect(groupingBy(
                        row -> asked.get(row.get(0, Integer.class) - 1),
                        mapping(row -> new UsageGroup(properties(row.get(1, String.class)), row.get(2, Long.class), row.get(3, Long.class)), toList())));
    }

    private Map<String, Object> properties(@Nullable String group) {
        return group == null ? Map.of() : json.readValue(group, PROPERTIES);
    }

    Map<FeatureId, Map<AccountId, Long>> totals(List<AccountId> accounts, List<Feature> counted, Instant since) {
        return db.resultQuery(TOTALS,
                        val(uuids(accounts, AccountId::value)),
                        val(uuids(counted, feature -> feature.id().value())),
                        val(texts(counted, feature -> Kind.of(feature).name())),
                        val(since), val(Reset.EVER.from()))
                .fetch()
                .stream()
                .collect(groupingBy(
                        row -> new FeatureId(row.get(0, UUID.class)),
                        toMap(row -> new AccountId(row.get(1, UUID.class)), row -> row.get(2, Long.class))));
    }
}
