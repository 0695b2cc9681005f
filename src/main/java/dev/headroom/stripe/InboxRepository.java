package dev.headroom.stripe;

import static dev.headroom.stripe.jooq.Tables.INBOX;
import static dev.headroom.stripe.jooq.Tables.POLL;
import static dev.headroom.stripe.jooq.Tables.WEBHOOK;
import static org.jooq.Records.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class InboxRepository {

    /** An event as far as it matters: the object is read again anyway. */
    record ReceivedEvent(String id, String type, String subscription, Instant createdAt) {}

    record Webhook(String stripeId, byte[] secret) {}

    private final DSLContext db;

    InboxRepository(DSLContext db) {
        this.db = db;
    }

    /** False when the event was here before. */
    boolean insert(ReceivedEvent event, Instant at) {
        return db.insertInto(INBOX)
                .set(INBOX.EVENT_ID, event.id())
                .set(INBOX.TYPE, event.type())
                .set(INBOX.OBJECT_ID, event.subscription())
                .set(INBOX.CREATED_AT, event.createdAt())
                .set(INBOX.RECEIVED_AT, at)
                .set(INBOX.NEXT_ATTEMPT_AT, at)
                .onConflictDoNothing()
                .execute() == 1;
    }

    /** Takes some events that are due; whoever else takes at the same time gets others, until the transaction ends. */
    List<ReceivedEvent> due(Instant at, int most) {
        return db.select(INBOX.EVENT_ID, INBOX.TYPE, INBOX.OBJECT_ID, INBOX.CREATED_AT)
                .from(INBOX)
                .where(INBOX.HANDLED_AT.isNull(), INBOX.NEXT_ATTEMPT_AT.le(at))
                .orderBy(INBOX.NEXT_ATTEMPT_AT, INBOX.EVENT_ID)
                .limit(most)
                .forUpdate()
                .skipLocked()
                .fetch(mapping(ReceivedEvent::new));
    }

    void postpone(List<ReceivedEvent> events, Instant until) {
        db.update(INBOX)
                .set(INBOX.NEXT_ATTEMPT_AT, until)
                .set(INBOX.ATTEMPTS, INBOX.ATTEMPTS.plus(1))
                .where(INBOX.EVENT_ID.in(events.stream().map(ReceivedEvent::id).toList()))
                .execute();
    }

    void handled(String event, Instant at) {
        db.update(INBOX).set(INBOX.HANDLED_AT, at).setNull(INBOX.FAILURE).where(INBOX.EVENT_ID.eq(event)).execute();
    }

    void failed(String event, String failure) {
        db.update(INBOX).set(INBOX.FAILURE, failure).where(INBOX.EVENT_ID.eq(event)).execute();
    }

    Optional<Webhook> webhook(String url) {
        return db.select(WEBHOOK.STRIPE_ID, WEBHOOK.SECRET).from(WEBHOOK).where(WEBHOOK.URL.eq(url)).fetchOptional(mapping(Webhook::new));
    }

    List<Webhook> webhooks() {
        return db.select(WEBHOOK.STRIPE_ID, WEBHOOK.SECRET).from(WEBHOOK).fetch(mapping(Webhook::new));
    }

    void insertWebhook(String url, Webhook webhook) {
        db.insertInto(WEBHOOK)
                .set(WEBHOOK.URL, url)
                .set(WEBHOOK.STRIPE_ID, webhook.stripeId())
                .set(WEBHOOK.SECRET, webhook.secret())
                .onConflictDoNothing()
                .execute();
    }

    Optional<Instant> polledUntil() {
        return db.select(POLL.UNTIL).from(POLL).fetchOptional(POLL.UNTIL);
    }

    void polled(Instant until) {
        db.insertInto(POLL).set(POLL.ONE, true).set(POLL.UNTIL, until).onConflict(POLL.ONE).doUpdate().set(POLL.UNTIL, until).execute();
    }
}
