package dev.headroom.stripe;

import static dev.headroom.stripe.jooq.Tables.BELONGS_TO;
import static dev.headroom.stripe.jooq.Tables.INBOX;
import static dev.headroom.stripe.jooq.Tables.POLL;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.headroom.stripe.StripeEvents.TroubledEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class InboxRepository {

    /**
     * An event as far as it matters: what it tells of is read at Stripe, if anything is.
     *
     * @param told by what it came about, and what of the object it is about
     */
    record ReceivedEvent(String id, String type, Hint hint, Instant createdAt, Told told) {}

    /** @param attempts how often it was worked on before */
    record Due(ReceivedEvent event, int attempts) {}

    /** @param oldest when the one happened that happened first; absent when nothing waits */
    record Waiting(int events, int failedBefore, @Nullable Instant oldest) {}

    /** When an event happened at Stripe, and when it came here. */
    record Arrival(Instant happenedAt, Instant receivedAt) {}

    private final DSLContext db;

    InboxRepository(DSLContext db) {
        this.db = db;
    }

    /** False when the event was here before. */
    boolean insert(ReceivedEvent event, Instant at) {
        return insert(event, at, null);
    }

    /** One that nobody has to look at. */
    void insertHandled(ReceivedEvent event, Instant at) {
        insert(event, at, at);
    }

    private boolean insert(ReceivedEvent event, Instant at, @Nullable Instant handledAt) {
        return db.insertInto(INBOX)
                .set(INBOX.EVENT_ID, event.id())
                .set(INBOX.TYPE, event.type())
                .set(INBOX.OBJECT_ID, event.hint().object())
                .set(INBOX.INVOICE_ID, event.hint().invoice())
                .set(INBOX.CREATED_AT, event.createdAt())
                .set(INBOX.REQUEST_KEY, event.told().request())
                .set(INBOX.CHANGED, Told.array(event.told().changed()))
                .set(INBOX.RECEIVED_AT, at)
                .set(INBOX.NEXT_ATTEMPT_AT, at)
                .set(INBOX.HANDLED_AT, handledAt)
                .onConflictDoNothing()
                .execute() == 1;
    }

    /** Takes some events that are due, those of one object together; whoever else takes at the same time gets others, until the transaction ends. */
    List<Due> due(Instant at, int most) {
        return db.select(row(INBOX.EVENT_ID, INBOX.TYPE, row(INBOX.OBJECT_ID, INBOX.INVOICE_ID).mapping(Hint::new), INBOX.CREATED_AT,
                        row(INBOX.REQUEST_KEY, INBOX.CHANGED.convertFrom(Told::set)).mapping(Told::new)).mapping(ReceivedEvent::new), INBOX.ATTEMPTS)
                .from(INBOX)
                .where(INBOX.HANDLED_AT.isNull(), INBOX.GIVEN_UP_AT.isNull(), INBOX.NEXT_ATTEMPT_AT.le(at))
                .orderBy(INBOX.NEXT_ATTEMPT_AT, INBOX.OBJECT_ID, INBOX.EVENT_ID)
                .limit(most)
                .forUpdate()
                .skipLocked()
                .fetch(mapping(Due::new));
    }

    void postpone(List<String> events, int attempts, Instant until) {
        db.update(INBOX).set(INBOX.NEXT_ATTEMPT_AT, until).set(INBOX.ATTEMPTS, attempts).where(anyOf(events)).execute();
    }

    void handled(List<String> events, Instant at) {
        db.update(INBOX).set(INBOX.HANDLED_AT, at).setNull(INBOX.FAILURE).where(anyOf(events)).execute();
    }

    void failed(List<String> events, String failure) {
        db.update(INBOX).set(INBOX.FAILURE, failure).where(anyOf(events)).execute();
    }

    /** However many, it is one statement to PostgreSQL. */
    private static Condition anyOf(List<String> events) {
        return INBOX.EVENT_ID.eq(any(events.toArray(String[]::new)));
    }

    void giveUp(String event, String failure, Instant at) {
        db.update(INBOX).set(INBOX.FAILURE, failure).set(INBOX.GIVEN_UP_AT, at).where(INBOX.EVENT_ID.eq(event)).execute();
    }

    /** Deletes the oldest of those handled before a time; what another node is deleting is left to it. @return how many */
    int forget(Instant before, int most) {
        return db.deleteFrom(INBOX)
                .where(INBOX.EVENT_ID.in(select(INBOX.EVENT_ID)
                        .from(INBOX)
                        .where(INBOX.HANDLED_AT.lt(before))
                        .orderBy(INBOX.HANDLED_AT)
                        .limit(most)
                        .forUpdate()
                        .skipLocked()))
                .execute();
    }

    /** What could not be handled so far, or for good: in the order in which it came, the newest first. */
    List<TroubledEvent> troubled(@Nullable String after, int most) {
        return db.select(
                        INBOX.EVENT_ID, INBOX.TYPE, INBOX.OBJECT_ID, INBOX.CREATED_AT, INBOX.RECEIVED_AT, INBOX.ATTEMPTS, INBOX.NEXT_ATTEMPT_AT,
                        INBOX.FAILURE, INBOX.GIVEN_UP_AT, INBOX.RESENT)
                .from(INBOX)
                .where(INBOX.HANDLED_AT.isNull(), INBOX.FAILURE.isNotNull(), follows(after))
                .orderBy(INBOX.RECEIVED_AT.desc(), INBOX.EVENT_ID.desc())
                .limit(most)
                .fetch(mapping(TroubledEvent::new));
    }

    private static Condition follows(@Nullable String after) {
        return after == null
                ? noCondition()
                : row(INBOX.RECEIVED_AT, INBOX.EVENT_ID).lt(select(INBOX.RECEIVED_AT, INBOX.EVENT_ID).from(INBOX).where(INBOX.EVENT_ID.eq(after)));
    }

    /**
     * Lets events that were given up be worked on as if they had just come.
     *
     * @param events absent for all of them
     * @return those that were given up until now
     */
    List<String> resend(@Nullable Collection<String> events, Instant at) {
        return db.update(INBOX)
                .setNull(INBOX.GIVEN_UP_AT)
                .set(INBOX.ATTEMPTS, 0)
                .set(INBOX.NEXT_ATTEMPT_AT, at)
                .set(INBOX.RESENT, INBOX.RESENT.plus(1))
                .where(INBOX.GIVEN_UP_AT.isNotNull(), INBOX.HANDLED_AT.isNull(), events == null ? noCondition() : INBOX.EVENT_ID.in(events))
                .returningResult(INBOX.EVENT_ID)
                .fetch(INBOX.EVENT_ID);
    }

    /** How many wait to be handled, how many of those have failed before, and how old the oldest is. */
    Waiting waiting() {
        return db.select(count(), count().filterWhere(INBOX.FAILURE.isNotNull()), min(INBOX.CREATED_AT))
                .from(INBOX)
                .where(INBOX.HANDLED_AT.isNull(), INBOX.GIVEN_UP_AT.isNull())
                .fetchSingle(mapping(Waiting::new));
    }

    int givenUp() {
        return db.fetchCount(INBOX, INBOX.HANDLED_AT.isNull(), INBOX.FAILURE.isNotNull(), INBOX.GIVEN_UP_AT.isNotNull());
    }

    /** The event that came last. */
    Optional<Arrival> last() {
        return db.select(INBOX.CREATED_AT, INBOX.RECEIVED_AT).from(INBOX).orderBy(INBOX.RECEIVED_AT.desc()).limit(1).fetchOptional(mapping(Arrival::new));
    }

    /** Nothing at Stripe from before it concerns this installation; for ever ago where nobody could tell when that was. */
    Instant beginning() {
        return db.select(BELONGS_TO.SINCE).from(BELONGS_TO).fetchOptional(BELONGS_TO.SINCE).orElse(Instant.EPOCH);
    }

    Optional<Instant> polledUntil() {
        return db.select(POLL.UNTIL).from(POLL).fetchOptional(POLL.UNTIL);
    }

    void polled(Instant until) {
        db.insertInto(POLL).set(POLL.ONE, true).set(POLL.UNTIL, until).onConflict(POLL.ONE).doUpdate().set(POLL.UNTIL, until).execute();
    }
}
