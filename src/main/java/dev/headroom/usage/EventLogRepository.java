package dev.headroom.usage;

import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;
import dev.headroom.usage.UsageHistories.EventMark;
import dev.headroom.usage.UsageHistories.EventQuery;
import dev.headroom.usage.UsageHistories.RecordedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads events back, newest first. */
@Repository
class EventLogRepository {

    /**
     * Laterally, so that each feature is a range of the index on account, feature and time, read backwards from where the page before ended,
     * month by month, until the account's page is full.
     */
    private static final String OF_ACCOUNTS = """
            select page.* from unnest({1}) as a (account_id)
            cross join lateral (
              select e.* from unnest({0}) as f (feature_id)
              cross join lateral (
                select account_id, event_id, feature_id, at, quantity, properties::text as properties, period_from, recorded_at
                from usage.event
                where account_id = a.account_id and feature_id = f.feature_id and at >= {2} and at <= {3} and (at, event_id) < ({3}, {5}) and {6}
                order by at desc, event_id desc
                limit {7}) e
              order by at desc, event_id desc
              limit {7}) page
            order by at desc, account_id desc, event_id desc""";

    /** A few hours at most: found by the index on time, which knows blocks and not rows. */
    private static final String OF_EVERYBODY = """
            select account_id, event_id, feature_id, at, quantity, properties::text as properties, period_from, recorded_at
            from usage.event
            where at >= {2} and at <= {3} and (at, account_id, event_id) < ({3}, {4}, {5}) and feature_id = any ({0}) and {6}
            order by at desc, account_id desc, event_id desc
            limit {7}""";

    private static final String RECORDED = "select at from usage.event_identity where account_id = {0} and event_id = {1}";

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    /** Most are recorded as they happen. */
    private static final Duration SOON = Duration.ofHours(1);
    private static final TypeReference<Map<String, Object>> PROPERTIES = new TypeReference<>() {};

    private final DSLContext db;
    private final JsonMapper json;

    EventLogRepository(DSLContext db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /**
     * The event of an id is looked for around the time when that was taken, as long as it is known: an event is at most five weeks older than it, and
     * most often seconds. Only where none is found there, everything is looked through that was asked for; an id that was used once more after it was
     * forgotten is found as it was used last.
     *
     * @param counted features to look for
     * @param after   where the page before ended
     */
    List<RecordedEvent> page(EventQuery query, List<Feature> counted, @Nullable EventMark after, int size) {
        return Stream.concat(likely(query), Stream.of(query.period()))
                .map(period -> page(query, period, counted, after, size))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Where an event is that is asked for by its id: none when the id is not known any more, or nobody's. */
    private Stream<Period> likely(EventQuery query) {
        if (query.account() == null || query.event() == null) {
            return Stream.empty();
        }
        return db.resultQuery(RECORDED, val(query.account().value()), val(query.event()))
                .fetchOptional(row -> row.get(0, Instant.class))
                .stream()
                .flatMap(recorded -> Stream.of(SOON, EventCheck.LATEST).flatMap(
                        late -> within(query.period(), recorded.minus(late), recorded.plus(EventCheck.EARLIEST)).stream()));
    }

    private static Optional<Period> within(Period asked, Instant from, Instant until) {
        Instant begins = asked.from().isAfter(from) ? asked.from() : from;
        Instant ends = asked.until().isBefore(until) ? asked.until() : until;
        return begins.isBefore(ends) ? Optional.of(new Period(begins, ends)) : Optional.empty();
    }

    /** One page of each account, all of the same period from the same place on; one statement. */
    List<RecordedEvent> pages(Collection<AccountId> accounts, Period period, List<Feature> counted, @Nullable EventMark after, int size) {
        return fetch(OF_ACCOUNTS, accounts, period, counted, after, noCondition(), size);
    }

    private List<RecordedEvent> page(EventQuery query, Period period, List<Feature> counted, @Nullable EventMark after, int size) {
        Condition named = query.event() == null ? noCondition() : DSL.condition("event_id = {0}", val(query.event()));
        return query.account() == null
                ? fetch(OF_EVERYBODY, List.of(), period, counted, after, named, size)
                : fetch(OF_ACCOUNTS, List.of(query.account()), period, counted, after, named, size);
    }

    private List<RecordedEvent> fetch(
            String sql, Collection<AccountId> accounts, Period period, List<Feature> counted, @Nullable EventMark after, Condition named, int size) {
        Optional<EventMark> last = Optional.ofNullable(after).filter(mark -> !mark.at().isAfter(period.until()));
        return db.resultQuery(sql,
                        val(Columns.uuids(counted, feature -> feature.id().value())),
                        val(accounts.stream().map(AccountId::value).toArray(UUID[]::new)),
                        val(period.from()),
                        val(last.map(EventMark::at).orElse(period.until())),
                        val(last.map(mark -> mark.account().value()).orElse(BEFORE_ALL)),
                        val(last.map(EventMark::id).orElse("")),
                        named, val(size))
                .fetch(this::event);
    }

    private RecordedEvent event(Record row) {
        String properties = row.get("properties", String.class);
        return new RecordedEvent(
                new AccountId(row.get("account_id", UUID.class)), new FeatureId(row.get("feature_id", UUID.class)), row.get("event_id", String.class),
                row.get("quantity", Long.class), row.get("at", Instant.class), properties == null ? null : json.readValue(properties, PROPERTIES),
                row.get("at", Instant.class).isBefore(row.get("period_from", Instant.class)), row.get("recorded_at", Instant.class));
    }
}
