package dev.headroom.delivery;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.delivery.WebhookEndpoint.CreatedWebhookEndpoint;
import dev.headroom.delivery.WebhookEndpoint.EventKind;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Where events are sent, for whoever may ADMIN. A secret is in the answer that makes it, sealed in the database, and nowhere else. */
@Service
public class WebhookEndpoints {

    /** How long at most the secret of before is good beside the new one. */
    public static final Duration LONGEST_OVERLAP = Duration.ofDays(7);
    private static final int MOST = 20;
    private static final int LONGEST_DESCRIPTION = 200;
    private static final String SUBJECT = "webhookEndpoint";

    private final EndpointRepository endpoints;
    private final DeliveryRepository deliveries;
    private final WebhookGateway gateway;
    private final EndpointSecrets secrets;
    private final AuditEntries audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    WebhookEndpoints(
            EndpointRepository endpoints, DeliveryRepository deliveries, WebhookGateway gateway, EndpointSecrets secrets, AuditEntries audit, TransactionTemplate transaction,
            InstantSource clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.gateway = gateway;
        this.secrets = secrets;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Those in use, the oldest first. */
    public List<WebhookEndpoint> all(Actor actor) {
        actor.requireEveryAccount(Permission.ADMIN);
        return endpoints.all();
    }

    /**
     * Has events sent to an address. Whose it is is looked up before anything of the database is held, for that may take as long as others like.
     *
     * @throws HeadroomException INVALID_INPUT, naming the field
     */
    public CreatedWebhookEndpoint create(Actor actor, String url, String description, Set<EventKind> events) {
        actor.requireEveryAccount(Permission.ADMIN);
        if (events.isEmpty() || !EventKind.HAPPENING.containsAll(events)) {
            throw HeadroomException.invalid("input.events", "Name at least one of " + EventKind.HAPPENING);
        }
        if (description.length() > LONGEST_DESCRIPTION || !Check.storable(description)) {
            throw HeadroomException.invalid("input.description", "A description has at most " + LONGEST_DESCRIPTION + " characters");
        }
        gateway.required("input.url", url);
        WebhookEndpoint endpoint = new WebhookEndpoint(Ids.next(), url, description.strip(), new TreeSet<>(events), null, clock.instant(), null, null);
        return Objects.requireNonNull(transaction.execute(_ -> created(actor, endpoint)));
    }

    private CreatedWebhookEndpoint created(Actor actor, WebhookEndpoint endpoint) {
        if (endpoints.all().size() >= MOST) {
            throw HeadroomException.invalid("input.url", "There are " + MOST + " endpoints, and no room for more; remove one");
        }
        String secret = secrets.fresh();
        endpoints.insert(endpoint, secrets.sealed(secret), actor.name());
        audit.created(actor, "createWebhookEndpoint", null, SUBJECT, endpoint.id(), endpoint);
        return new CreatedWebhookEndpoint(endpoint, secret);
    }

    /**
     * Gives an endpoint another secret; what is sent is signed with both until the overlap is over.
     *
     * @param overlap up to {@link #LONGEST_OVERLAP}; nothing where the secret is known to somebody else
     */
    @Transactional
    public CreatedWebhookEndpoint rotate(Actor actor, UUID id, Duration overlap) {
        WebhookEndpoint before = managed(actor, id);
        Check.between("input.overlapHours", overlap.toHours(), 0, LONGEST_OVERLAP.toHours());
        String secret = secrets.fresh();
        endpoints.rotate(id, secrets.sealed(secret), clock.instant().plus(overlap));
        WebhookEndpoint after = endpoints.byId(id);
        audit.changed(actor, "rotateWebhookEndpointSecret", null, SUBJECT, id, before, after);
        return new CreatedWebhookEndpoint(after, secret);
    }

    /** Sends nothing there any more, what waits among it. */
    @Transactional
    public WebhookEndpoint remove(Actor actor, UUID id) {
        WebhookEndpoint before = managed(actor, id);
        Instant now = clock.instant();
        endpoints.remove(id, now);
        deliveries.giveUp(id, "The endpoint was removed", now);
        audit.changed(actor, "removeWebhookEndpoint", null, SUBJECT, id, before, null);
        return endpoints.byId(id);
    }

    /** Sends nothing there until it is resumed; what happens meanwhile waits, for {@link WebhookDeliveries#KEPT_FOR_PAUSED}. Twice changes nothing. */
    @Transactional
    public WebhookEndpoint pause(Actor actor, UUID id) {
        WebhookEndpoint before = managed(actor, id);
        return before.pausedAt() == null ? turned(actor, "pauseWebhookEndpoint", before, clock.instant()) : before;
    }

    /** Sends what waits, and what happens from now on. Twice changes nothing. */
    @Transactional
    public WebhookEndpoint resume(Actor actor, UUID id) {
        WebhookEndpoint before = managed(actor, id);
        return before.pausedAt() == null ? before : turned(actor, "resumeWebhookEndpoint", before, null);
    }

    private WebhookEndpoint turned(Actor actor, String operation, WebhookEndpoint before, @Nullable Instant pausedAt) {
        endpoints.pause(before.id(), pausedAt);
        WebhookEndpoint after = endpoints.byId(before.id());
        audit.changed(actor, operation, null, SUBJECT, before.id(), before, after);
        return after;
    }

    private WebhookEndpoint managed(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.ADMIN);
        return endpoints.locked(id).orElseThrow(WebhookEndpoints::unknown);
    }

    static HeadroomException unknown() {
        return HeadroomException.notFound("input.endpoint", "No such endpoint is in use");
    }
}
