package dev.headroom.sandbox;

import static dev.headroom.sandbox.jooq.Tables.DELIVERY;
import static dev.headroom.sandbox.jooq.Tables.OCCURRENCE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertResultStep;
import org.jooq.JSON;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Stores events and what is still to be delivered of them. */
final class OccurrenceRepository {

    /** Stripe answers for events of the last 30 days. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final List<SortField<?>> NEWEST_FIRST = List.of(OCCURRENCE.CREATED.desc(), OCCURRENCE.SEQUENCE.desc());
    private static final List<SortField<?>> OLDEST_FIRST = List.of(OCCURRENCE.CREATED.asc(), OCCURRENCE.SEQUENCE.asc());

    private final DSLContext jooq;
    private final List<Unwritten> unwritten = new ArrayList<>();

    private record Unwritten(ObjectNode event, List<String> endpoints) {

        org.jooq.Row4<String, String, Instant, JSON> row() {
            return DSL.row(Json.required(event, "id"), Json.required(event, "type"), Json.instant(event, "created"), JSON.valueOf(event.toString()));
        }

        Stream<org.jooq.Row4<String, String, Integer, Instant>> deliveries() {
            return endpoints.stream().map(endpoint -> DSL.row(Json.required(event, "id"), endpoint, 0, Json.instant(event, "created")));
        }
    }

    OccurrenceRepository(DSLContext jooq) {
        this.jooq = jooq;
    }

    void insert(ObjectNode event, List<String> endpoints) {
        unwritten.add(new Unwritten(event, endpoints));
    }

    /** What writes what has happened, in the order in which it did; whoever asks carries it out. */
    List<InsertResultStep<?>> inserts() {
        List<InsertResultStep<?>> inserts = new ArrayList<>();
        List<org.jooq.Row4<String, String, Integer, Instant>> deliveries = unwritten.stream().flatMap(Unwritten::deliveries).toList();
        if (!unwritten.isEmpty()) {
            inserts.add(jooq.insertInto(OCCURRENCE, OCCURRENCE.ID, OCCURRENCE.TYPE, OCCURRENCE.CREATED, OCCURRENCE.BODY)
                    .valuesOfRows(unwritten.stream().map(Unwritten::row).toList()).returningResult(DSL.one()));
        }
        if (!deliveries.isEmpty()) {
            inserts.add(jooq.insertInto(DELIVERY, DELIVERY.EVENT, DELIVERY.ENDPOINT, DELIVERY.ATTEMPTS, DELIVERY.NEXT_ATTEMPT)
                    .valuesOfRows(deliveries).returningResult(DSL.one()));
        }
        unwritten.clear();
        return inserts;
    }

    boolean isChanged() {
        return !unwritten.isEmpty();
    }

    /** What was not written has not happened. */
    void forget() {
        unwritten.clear();
    }

    Optional<ObjectNode> find(String id) {
        return jooq.select(OCCURRENCE.BODY).from(OCCURRENCE).where(OCCURRENCE.ID.eq(id))
                .fetchOptional(row -> Json.read(row.value1().data()));
    }

    /** One more event than the page holds, if there is one; of any type of v1 when none is named. */
    List<ObjectNode> page(List<String> types, Events.Created created, Page page) {
        Condition condition = (types.isEmpty() ? OCCURRENCE.TYPE.startsWith(CoreEvents.PREFIX).not() : OCCURRENCE.TYPE.in(types)).and(within(created));
        if (page.after() != null) {
            condition = condition.and(DSL.row(OCCURRENCE.CREATED, OCCURRENCE.SEQUENCE).lt(position(page.after())));
        }
        if (page.before() != null) {
            condition = condition.and(DSL.row(OCCURRENCE.CREATED, OCCURRENCE.SEQUENCE).gt(position(page.before())));
        }
        boolean forward = page.before() == null;
        return jooq.select(OCCURRENCE.BODY).from(OCCURRENCE).where(condition)
                .orderBy(forward ? NEWEST_FIRST : OLDEST_FIRST)
                .limit(page.limit() + 1).fetch(row -> Json.read(row.value1().data()));
    }

    /** How many endpoints have not got each of some events yet; none of those that all have. */
    Map<String, Long> undelivered(List<String> events) {
        Field<Long> count = DSL.count().cast(Long.class);
        return jooq.select(DELIVERY.EVENT, count).from(DELIVERY).where(DELIVERY.EVENT.in(events)).groupBy(DELIVERY.EVENT)
                .fetchMap(DELIVERY.EVENT, count);
    }

    /**
     * What is kept, and what of it is on its way.
     *
     * @param due     deliveries that wait for nothing but their turn
     * @param later   that failed and will be tried again
     * @param givenUp that nobody tries any more
     */
    record Backlog(long events, long due, long later, long givenUp) {}

    Backlog backlog(Instant now) {
        Field<Long> due = DSL.count().filterWhere(DELIVERY.NEXT_ATTEMPT.le(now)).cast(Long.class);
        Field<Long> later = DSL.count().filterWhere(DELIVERY.NEXT_ATTEMPT.gt(now)).cast(Long.class);
        Field<Long> givenUp = DSL.count().filterWhere(DELIVERY.NEXT_ATTEMPT.isNull()).cast(Long.class);
        long events = jooq.fetchCount(OCCURRENCE);
        return jooq.select(due, later, givenUp).from(DELIVERY)
                .fetchSingle(row -> new Backlog(events, row.value1(), row.value2(), row.value3()));
    }

    private static Condition within(Events.Created created) {
        return DSL.and(
                created.notBefore() == null ? DSL.noCondition() : OCCURRENCE.CREATED.ge(created.notBefore()),
                created.after() == null ? DSL.noCondition() : OCCURRENCE.CREATED.gt(created.after()),
                created.notAfter() == null ? DSL.noCondition() : OCCURRENCE.CREATED.le(created.notAfter()),
                created.before() == null ? DSL.noCondition() : OCCURRENCE.CREATED.lt(created.before()));
    }

    /** Deliveries to be attempted by now, oldest event first. */
    List<Delivery> due(Instant now, int limit) {
        return jooq.select(DELIVERY.EVENT, DELIVERY.ENDPOINT, DELIVERY.ATTEMPTS, OCCURRENCE.BODY)
                .from(DELIVERY).join(OCCURRENCE).on(OCCURRENCE.ID.eq(DELIVERY.EVENT))
                .where(DELIVERY.NEXT_ATTEMPT.le(now))
                .orderBy(DELIVERY.NEXT_ATTEMPT, OCCURRENCE.SEQUENCE).limit(limit)
                .fetch(row -> new Delivery(row.value1(), row.value2(), row.value3(), row.value4().data()));
    }

    void delivered(List<Delivery> deliveries) {
        jooq.deleteFrom(DELIVERY)
                .where(DSL.row(DELIVERY.EVENT, DELIVERY.ENDPOINT).in(deliveries.stream().map(each -> DSL.row(each.event(), each.endpoint())).toList())).execute();
    }

    void postpone(Delivery delivery, @Nullable Instant nextAttempt) {
        jooq.update(DELIVERY).set(DELIVERY.ATTEMPTS, delivery.attempts() + 1).set(DELIVERY.NEXT_ATTEMPT, nextAttempt)
                .where(isThe(delivery)).execute();
    }

    int forget(Instant now) {
        return jooq.deleteFrom(OCCURRENCE).where(OCCURRENCE.CREATED.lt(now.minus(KEPT))).execute();
    }

    private static Condition isThe(Delivery delivery) {
        return DELIVERY.EVENT.eq(delivery.event()).and(DELIVERY.ENDPOINT.eq(delivery.endpoint()));
    }

    private org.jooq.Row2<Instant, Long> position(String id) {
        return jooq.select(OCCURRENCE.CREATED, OCCURRENCE.SEQUENCE).from(OCCURRENCE).where(OCCURRENCE.ID.eq(id))
                .fetchOptional(found -> DSL.row(found.value1(), found.value2()))
                .orElseThrow(() -> StripeError.invalid("resource_missing", "starting_after", "No such event: '" + id + "'"));
    }
}
