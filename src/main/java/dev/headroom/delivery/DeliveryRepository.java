package dev.headroom.delivery;

import static dev.headroom.delivery.jooq.Tables.DELIVERY;
import static dev.headroom.delivery.jooq.Tables.ENDPOINT;
import static dev.headroom.delivery.jooq.Tables.EVENT;

import dev.headroom.delivery.WebhookDelivery.Answer;
import dev.headroom.delivery.WebhookDelivery.DeliveryFilter;
import dev.headroom.delivery.WebhookDelivery.DeliveryState;
import dev.headroom.delivery.WebhookEndpoint.EventKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class DeliveryRepository {

    private static final int LONGEST_FAILURE = 500;

    private final DSLContext db;

    DeliveryRepository(DSLContext db) {
        this.db = db;
    }

    /** What is to be sent, with everything that it is signed with, still sealed. */
    record Due(UUID event, UUID endpoint, String url, String body, int tries, Instant leasedUntil, byte[] secret, byte @Nullable [] former) {}

    void insert(CloudEvent event, @Nullable UUID account, String body, Collection<UUID> endpoints) {
        db.insertInto(EVENT).set(EVENT.ID, event.id()).set(EVENT.KIND, event.kind().name()).set(EVENT.ACCOUNT_ID, account).set(EVENT.AT, event.at()).set(EVENT.BODY, body).execute();
        endpoints.forEach(endpoint -> db.insertInto(DELIVERY)
                .set(DELIVERY.EVENT_ID, event.id())
                .set(DELIVERY.ENDPOINT_ID, endpoint)
                .set(DELIVERY.STATE, DeliveryState.WAITING.name())
                .set(DELIVERY.TRIES, 0)
                .set(DELIVERY.DUE_AT, event.at())
                .set(DELIVERY.CHANGED_AT, event.at())
                .execute());
    }

    /** The endpoints for which something is due. */
    List<UUID> due(Instant now) {
        return db.selectDistinct(DELIVERY.ENDPOINT_ID)
                .from(DELIVERY)
                .join(ENDPOINT).on(ENDPOINT.ID.eq(DELIVERY.ENDPOINT_ID))
                .where(DELIVERY.STATE.eq(DeliveryState.WAITING.name()), DELIVERY.DUE_AT.le(now), ENDPOINT.REMOVED_AT.isNull(), ENDPOINT.PAUSED_AT.isNull())
                .fetch(DELIVERY.ENDPOINT_ID);
    }

    /** An endpoint's that are due, which nobody else takes until the lease ends; each counts as tried. */
    List<Due> take(UUID endpoint, Instant now, Instant leasedUntil, int most) {
        return db.select(DELIVERY.EVENT_ID, DELIVERY.ENDPOINT_ID, DELIVERY.TRIES, ENDPOINT.URL, ENDPOINT.SECRET, ENDPOINT.FORMER_SECRET, ENDPOINT.FORMER_UNTIL, EVENT.BODY)
                .from(DELIVERY)
                .join(ENDPOINT).on(ENDPOINT.ID.eq(DELIVERY.ENDPOINT_ID))
                .join(EVENT).on(EVENT.ID.eq(DELIVERY.EVENT_ID))
                .where(DELIVERY.ENDPOINT_ID.eq(endpoint), DELIVERY.STATE.eq(DeliveryState.WAITING.name()), DELIVERY.DUE_AT.le(now), ENDPOINT.REMOVED_AT.isNull(), ENDPOINT.PAUSED_AT.isNull())
                .orderBy(DELIVERY.DUE_AT, DELIVERY.EVENT_ID)
                .limit(most)
                .forUpdate().of(DELIVERY).skipLocked()
                .fetch()
                .map(row -> taken(row, now, leasedUntil));
    }

    private Due taken(Record row, Instant now, Instant leasedUntil) {
        int tries = row.get(DELIVERY.TRIES) + 1;
        db.update(DELIVERY)
                .set(DELIVERY.TRIES, tries)
                .set(DELIVERY.DUE_AT, leasedUntil)
                .where(DELIVERY.EVENT_ID.eq(row.get(DELIVERY.EVENT_ID)), DELIVERY.ENDPOINT_ID.eq(row.get(DELIVERY.ENDPOINT_ID)))
                .execute();
        Instant former = row.get(ENDPOINT.FORMER_UNTIL);
        return new Due(
                row.get(DELIVERY.EVENT_ID), row.get(DELIVERY.ENDPOINT_ID), row.get(ENDPOINT.URL), row.get(EVENT.BODY), tries, leasedUntil, row.get(ENDPOINT.SECRET),
                former != null && now.isBefore(former) ? row.get(ENDPOINT.FORMER_SECRET) : null);
    }

    /** Of the try that was the last one; what somebody did since stays. @param dueAt when it is sent next, if it waits @param begun when it was sent @param now when that was known */
    void record(Due tried, DeliveryState state, Answer answer, Instant dueAt, Instant begun, Instant now) {
        String failure = answer.failure();
        db.update(DELIVERY)
                .set(DELIVERY.STATE, state.name())
                .set(DELIVERY.DUE_AT, dueAt)
                .set(DELIVERY.TRIED_AT, now)
                .set(DELIVERY.MILLIS, (int) Duration.between(begun, now).toMillis())
                .set(DELIVERY.STATUS, answer.status())
                .set(DELIVERY.FAILURE, failure == null ? null : failure.substring(0, Math.min(failure.length(), LONGEST_FAILURE)))
                .set(DELIVERY.CHANGED_AT, now)
                .where(DELIVERY.EVENT_ID.eq(tried.event()), DELIVERY.ENDPOINT_ID.eq(tried.endpoint()), DELIVERY.STATE.eq(DeliveryState.WAITING.name()))
                .and(DELIVERY.TRIES.eq(tried.tries()))
                .and(DELIVERY.DUE_AT.eq(tried.leasedUntil()))
                .execute();
    }

    /** From the beginning, whatever became of it. */
    void again(UUID event, UUID endpoint, Instant now) {
        db.update(DELIVERY)
                .set(DELIVERY.STATE, DeliveryState.WAITING.name())
                .set(DELIVERY.TRIES, 0)
                .set(DELIVERY.DUE_AT, now)
                .set(DELIVERY.CHANGED_AT, now)
                .where(DELIVERY.EVENT_ID.eq(event), DELIVERY.ENDPOINT_ID.eq(endpoint))
                .execute();
    }

    /** Nothing that waits for an endpoint is sent any more. */
    void giveUp(UUID endpoint, String why, Instant now) {
        db.update(DELIVERY)
                .set(DELIVERY.STATE, DeliveryState.GIVEN_UP.name())
                .set(DELIVERY.FAILURE, why)
                .set(DELIVERY.CHANGED_AT, now)
                .where(DELIVERY.ENDPOINT_ID.eq(endpoint), DELIVERY.STATE.eq(DeliveryState.WAITING.name()))
                .execute();
    }

    /** What waits for an endpoint that is paused, and happened before an instant. */
    void giveUpPaused(Instant before, String why, Instant now) {
        db.update(DELIVERY)
                .set(DELIVERY.STATE, DeliveryState.GIVEN_UP.name())
                .set(DELIVERY.FAILURE, why)
                .set(DELIVERY.CHANGED_AT, now)
                .from(EVENT, ENDPOINT)
                .where(EVENT.ID.eq(DELIVERY.EVENT_ID), ENDPOINT.ID.eq(DELIVERY.ENDPOINT_ID), ENDPOINT.PAUSED_AT.isNotNull(), EVENT.AT.lt(before))
                .and(DELIVERY.STATE.eq(DeliveryState.WAITING.name()))
                .execute();
    }

    /** How many wait for each; those for which none do are left out. */
    Map<UUID, Integer> waiting(Collection<UUID> endpoints) {
        return db.select(DELIVERY.ENDPOINT_ID, DSL.count())
                .from(DELIVERY)
                .where(DELIVERY.ENDPOINT_ID.in(endpoints), DELIVERY.STATE.eq(DeliveryState.WAITING.name()))
                .groupBy(DELIVERY.ENDPOINT_ID)
                .fetchMap(DELIVERY.ENDPOINT_ID, DSL.count());
    }

    private SelectJoinStep<Record> deliveries() {
        return db.select(DELIVERY.fields()).select(EVENT.KIND, EVENT.AT, ENDPOINT.URL)
                .from(DELIVERY)
                .join(EVENT).on(EVENT.ID.eq(DELIVERY.EVENT_ID))
                .join(ENDPOINT).on(ENDPOINT.ID.eq(DELIVERY.ENDPOINT_ID));
    }

    Optional<WebhookDelivery> find(UUID event, UUID endpoint) {
        return deliveries().where(DELIVERY.EVENT_ID.eq(event), DELIVERY.ENDPOINT_ID.eq(endpoint))
                .fetchOptional(DeliveryRepository::delivery);
    }

    /** The newest first. */
    List<WebhookDelivery> page(DeliveryFilter filter, @Nullable WebhookDelivery after, int most) {
        return deliveries()
                .where(filter.endpoint() == null ? DSL.noCondition() : DELIVERY.ENDPOINT_ID.eq(filter.endpoint()))
                .and(filter.state() == null ? DSL.noCondition() : DELIVERY.STATE.eq(filter.state().name()))
                .and(filter.kind() == null ? DSL.noCondition() : EVENT.KIND.eq(filter.kind().name()))
                .and(after == null ? DSL.noCondition() : DSL.row(DELIVERY.EVENT_ID, DELIVERY.ENDPOINT_ID).lt(after.event(), after.endpoint()))
                .orderBy(DELIVERY.EVENT_ID.desc(), DELIVERY.ENDPOINT_ID.desc())
                .limit(most)
                .fetch(DeliveryRepository::delivery);
    }

    private static WebhookDelivery delivery(Record row) {
        DeliveryState state = DeliveryState.valueOf(row.get(DELIVERY.STATE));
        return new WebhookDelivery(
                row.get(DELIVERY.EVENT_ID), row.get(DELIVERY.ENDPOINT_ID), row.get(ENDPOINT.URL), EventKind.valueOf(row.get(EVENT.KIND)), row.get(EVENT.AT), state,
                row.get(DELIVERY.TRIES), state == DeliveryState.WAITING ? row.get(DELIVERY.DUE_AT) : null, row.get(DELIVERY.TRIED_AT), row.get(DELIVERY.MILLIS), row.get(DELIVERY.STATUS), row.get(DELIVERY.FAILURE));
    }
}
