package dev.headroom.usage;

import static dev.headroom.usage.jooq.Tables.COUNTER;
import static dev.headroom.usage.jooq.Tables.EVENT;
import static dev.headroom.usage.jooq.Tables.EVENT_IDENTITY;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.row;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;
import dev.headroom.usage.AcceptedEvent.CounterKey;
import dev.headroom.usage.AcceptedEvent.Identity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

@Repository
class UsageRepository {

    /** Whoever raises several counters raises them in this order, so that no two ever wait for each other. */
    private static final Comparator<CounterKey> ORDER = Comparator.comparing(CounterKey::account)
            .thenComparing(CounterKey::feature)
            .thenComparing(key -> key.window().from());

    private final DSLContext db;
    private final JsonMapper json;

    UsageRepository(DSLContext db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** Takes the identities that nobody has; returns which. */
    Set<Identity> insertIdentities(List<AcceptedEvent> events, Instant at) {
        if (events.isEmpty()) {
            return Set.of();
        }
        var insert = db.insertInto(
                EVENT_IDENTITY, EVENT_IDENTITY.ACCOUNT_ID, EVENT_IDENTITY.EVENT_ID, EVENT_IDENTITY.BODY_HASH, EVENT_IDENTITY.AT);
        events.stream()
                .sorted(Comparator.comparing((AcceptedEvent event) -> event.account().id().value()).thenComparing(AcceptedEvent::id))
                .forEach(event -> insert.values(event.account().id().value(), event.id(), event.hash().array(), at));
        return insert.onConflictDoNothing()
                .returningResult(EVENT_IDENTITY.ACCOUNT_ID, EVENT_IDENTITY.EVENT_ID)
                .fetch(mapping(Identity::new))
                .stream()
                .collect(toSet());
    }

    Map<Identity, ByteBuffer> hashes(List<AcceptedEvent> events) {
        return events.isEmpty() ? Map.of() : db.select(EVENT_IDENTITY.ACCOUNT_ID, EVENT_IDENTITY.EVENT_ID, EVENT_IDENTITY.BODY_HASH)
                .from(EVENT_IDENTITY)
                .where(row(EVENT_IDENTITY.ACCOUNT_ID, EVENT_IDENTITY.EVENT_ID)
                        .in(events.stream().map(event -> row(event.account().id().value(), event.id())).toList()))
                .fetch()
                .stream()
                .collect(toMap(found -> new Identity(found.value1(), found.value2()), found -> ByteBuffer.wrap(found.value3())));
    }

    void insert(List<AcceptedEvent> events, Instant at) {
        var insert = db.insertInto(
                EVENT, EVENT.ACCOUNT_ID, EVENT.EVENT_ID, EVENT.FEATURE_ID, EVENT.AT, EVENT.QUANTITY, EVENT.PROPERTIES, EVENT.RECORDED_AT);
        events.forEach(event -> insert.values(
                event.account().id().value(), event.id(), event.meter().id().value(), event.at(), event.quantity(),
                event.properties() == null ? null : JSONB.valueOf(json.writeValueAsString(event.properties())), at));
        insert.execute();
    }

    void raise(List<AcceptedEvent> events) {
        Map<CounterKey, Long> totals = events.stream().collect(groupingBy(AcceptedEvent::counter, summingLong(AcceptedEvent::quantity)));
        var insert = db.insertInto(COUNTER, COUNTER.ACCOUNT_ID, COUNTER.FEATURE_ID, COUNTER.PERIOD_FROM, COUNTER.PERIOD_UNTIL, COUNTER.USED);
        totals.keySet().stream()
                .sorted(ORDER)
                .forEach(key -> insert.values(key.account(), key.feature(), key.window().from(), key.window().until(), totals.get(key)));
        insert.onConflict(COUNTER.ACCOUNT_ID, COUNTER.FEATURE_ID, COUNTER.PERIOD_FROM)
                .doUpdate()
                .set(COUNTER.USED, COUNTER.USED.plus(excluded(COUNTER.USED)))
                .execute();
    }

    List<UsageCounter> counters(Collection<AccountId> accounts, Instant at) {
        return db.select(
                        COUNTER.ACCOUNT_ID.convertFrom(AccountId::new), COUNTER.FEATURE_ID.convertFrom(FeatureId::new),
                        row(COUNTER.PERIOD_FROM, COUNTER.PERIOD_UNTIL).mapping(Period::new), COUNTER.USED)
                .from(COUNTER)
                .where(COUNTER.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()), COUNTER.PERIOD_UNTIL.gt(at))
                .fetch(mapping(UsageCounter::new));
    }
}
