package dev.headroom.delivery;

import static dev.headroom.delivery.jooq.Tables.ENDPOINT;

import dev.headroom.delivery.WebhookEndpoint.EventKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class EndpointRepository {

    private final DSLContext db;

    EndpointRepository(DSLContext db) {
        this.db = db;
    }

    void insert(WebhookEndpoint endpoint, byte[] secret, String by) {
        db.insertInto(ENDPOINT)
                .set(ENDPOINT.ID, endpoint.id())
                .set(ENDPOINT.URL, endpoint.url())
                .set(ENDPOINT.DESCRIPTION, endpoint.description())
                .set(ENDPOINT.KINDS, endpoint.events().stream().map(EventKind::name).toArray(String[]::new))
                .set(ENDPOINT.SECRET, secret)
                .set(ENDPOINT.CREATED_BY, by)
                .set(ENDPOINT.CREATED_AT, endpoint.createdAt())
                .execute();
    }

    /** Those in use, the oldest first. */
    List<WebhookEndpoint> all() {
        return db.selectFrom(ENDPOINT).where(ENDPOINT.REMOVED_AT.isNull()).orderBy(ENDPOINT.ID).fetch(EndpointRepository::endpoint);
    }

    /** One in use, which nobody else changes until the transaction ends. */
    Optional<WebhookEndpoint> locked(UUID id) {
        return db.selectFrom(ENDPOINT).where(ENDPOINT.ID.eq(id), ENDPOINT.REMOVED_AT.isNull()).forUpdate().fetchOptional(EndpointRepository::endpoint);
    }

    WebhookEndpoint byId(UUID id) {
        return db.selectFrom(ENDPOINT).where(ENDPOINT.ID.eq(id)).fetchSingle(EndpointRepository::endpoint);
    }

    /** @param formerUntil until when the secret that it has is good beside the other one */
    void rotate(UUID id, byte[] secret, Instant formerUntil) {
        db.update(ENDPOINT)
                .set(ENDPOINT.FORMER_SECRET, ENDPOINT.SECRET)
                .set(ENDPOINT.FORMER_UNTIL, formerUntil)
                .set(ENDPOINT.SECRET, secret)
                .where(ENDPOINT.ID.eq(id))
                .execute();
    }

    /** @param since absent lets it be told again */
    void pause(UUID id, @Nullable Instant since) {
        db.update(ENDPOINT).set(ENDPOINT.PAUSED_AT, since).where(ENDPOINT.ID.eq(id)).execute();
    }

    void remove(UUID id, Instant at) {
        db.update(ENDPOINT).set(ENDPOINT.REMOVED_AT, at).where(ENDPOINT.ID.eq(id)).execute();
    }

    private static WebhookEndpoint endpoint(Record row) {
        return new WebhookEndpoint(
                row.get(ENDPOINT.ID), row.get(ENDPOINT.URL), row.get(ENDPOINT.DESCRIPTION),
                new TreeSet<>(Arrays.stream(row.get(ENDPOINT.KINDS)).map(EventKind::valueOf).toList()), row.get(ENDPOINT.FORMER_UNTIL), row.get(ENDPOINT.CREATED_AT),
                row.get(ENDPOINT.PAUSED_AT), row.get(ENDPOINT.REMOVED_AT));
    }
}
