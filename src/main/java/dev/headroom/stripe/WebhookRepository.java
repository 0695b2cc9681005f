package dev.headroom.stripe;

import static dev.headroom.stripe.jooq.Tables.WEBHOOK;
import static org.jooq.Records.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record8;
import org.jooq.SelectJoinStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The endpoints at which Stripe sends us events; of one address there is one that is current, and those that it replaces. */
@Repository
class WebhookRepository {

    /**
     * @param secret    sealed
     * @param heardAt   when an event last came that was signed with it
     * @param retiresAt exclusive; absent for the one that is current
     * @param rotation  under which a successor was asked for that is not here yet
     */
    record Webhook(
            String url, String stripeId, byte[] secret, @Nullable Instant madeAt, @Nullable Instant heardAt, @Nullable Instant retiresAt,
            @Nullable UUID rotation, @Nullable Integer overlapHours) {}

    private final DSLContext db;

    WebhookRepository(DSLContext db) {
        this.db = db;
    }

    /** The current one of an address. */
    Optional<Webhook> webhook(String url) {
        return webhooks().where(WEBHOOK.URL.eq(url), WEBHOOK.RETIRES_AT.isNull()).fetchOptional(mapping(Webhook::new));
    }

    /** Every one whose secret counts at an instant, those first that stay. */
    List<Webhook> valid(Instant at) {
        return webhooks()
                .where(WEBHOOK.RETIRES_AT.isNull().or(WEBHOOK.RETIRES_AT.gt(at)))
                .orderBy(WEBHOOK.RETIRES_AT.desc().nullsFirst(), WEBHOOK.URL)
                .fetch(mapping(Webhook::new));
    }

    List<Webhook> retired(Instant at) {
        return webhooks().where(WEBHOOK.RETIRES_AT.le(at)).fetch(mapping(Webhook::new));
    }

    List<Webhook> rotating() {
        return webhooks().where(WEBHOOK.ROTATION.isNotNull()).fetch(mapping(Webhook::new));
    }

    void insert(String url, String stripeId, byte[] secret, Instant at) {
        db.insertInto(WEBHOOK)
                .set(WEBHOOK.URL, url)
                .set(WEBHOOK.STRIPE_ID, stripeId)
                .set(WEBHOOK.SECRET, secret)
                .set(WEBHOOK.MADE_AT, at)
                .onConflictDoNothing()
                .execute();
    }

    void heard(Webhook webhook, Instant at) {
        db.update(WEBHOOK).set(WEBHOOK.HEARD_AT, at).where(WEBHOOK.STRIPE_ID.eq(webhook.stripeId())).execute();
    }

    /** False when a successor of the current one was asked for already, or there is none. */
    boolean rotate(String url, UUID rotation, int overlapHours) {
        return db.update(WEBHOOK)
                .set(WEBHOOK.ROTATION, rotation)
                .set(WEBHOOK.OVERLAP_HOURS, overlapHours)
                .where(WEBHOOK.URL.eq(url), WEBHOOK.RETIRES_AT.isNull(), WEBHOOK.ROTATION.isNull())
                .execute() == 1;
    }

    /** Ends a rotation, with or without a successor; false when somebody else has. */
    boolean rotated(UUID rotation, @Nullable Instant retiresAt) {
        return db.update(WEBHOOK)
                .set(WEBHOOK.RETIRES_AT, retiresAt)
                .setNull(WEBHOOK.ROTATION)
                .setNull(WEBHOOK.OVERLAP_HOURS)
                .where(WEBHOOK.ROTATION.eq(rotation))
                .execute() == 1;
    }

    void delete(Webhook webhook) {
        db.deleteFrom(WEBHOOK).where(WEBHOOK.STRIPE_ID.eq(webhook.stripeId())).execute();
    }

    private SelectJoinStep<Record8<String, String, byte[], Instant, Instant, Instant, UUID, Integer>> webhooks() {
        return db.select(
                        WEBHOOK.URL, WEBHOOK.STRIPE_ID, WEBHOOK.SECRET, WEBHOOK.MADE_AT, WEBHOOK.HEARD_AT, WEBHOOK.RETIRES_AT, WEBHOOK.ROTATION,
                        WEBHOOK.OVERLAP_HOURS)
                .from(WEBHOOK);
    }
}
