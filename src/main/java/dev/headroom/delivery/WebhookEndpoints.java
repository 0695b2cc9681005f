package dev.headroom.delivery;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.delivery.WebhookEndpoint.CreatedWebhookEndpoint;
import dev.headroom.delivery.WebhookEndpoint.EventKind;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.identity.SecretBox;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Where events are sent, for whoever may ADMIN. A secret is in the answer that makes it, sealed in the database, and nowhere else. */
@Service
public class WebhookEndpoints {

    /** How long at most the secret of before is good beside the new one. */
    public static final Duration LONGEST_OVERLAP = Duration.ofDays(7);
    private static final int MOST = 20;
    private static final int LONGEST_DESCRIPTION = 200;
    private static final int SECRET_BYTES = 32;
    private static final String SEALED_AS = "webhook-endpoint";
    private static final String SUBJECT = "webhookEndpoint";

    private final EndpointRepository endpoints;
    private final DeliveryRepository deliveries;
    private final WebhookGateway gateway;
    private final SecretBox box;
    private final AuditEntries audit;
    private final JsonMapper json;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    WebhookEndpoints(
            EndpointRepository endpoints, DeliveryRepository deliveries, WebhookGateway gateway, SecretBox box, AuditEntries audit, JsonMapper json,
            InstantSource clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.gateway = gateway;
        this.box = box;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /** Those in use, the oldest first. */
    public List<WebhookEndpoint> all(Actor actor) {
        actor.requireEveryAccount(Permission.ADMIN);
        return endpoints.all();
    }

    /** @throws HeadroomException INVALID_INPUT, naming the field */
    @Transactional
    public CreatedWebhookEndpoint create(Actor actor, String url, String description, Set<EventKind> events) {
        actor.requireEveryAccount(Permission.ADMIN);
        gateway.required("input.url", url);
        if (events.isEmpty() || !EventKind.HAPPENING.containsAll(events)) {
            throw HeadroomException.invalid("input.events", "Name at least one of " + EventKind.HAPPENING);
        }
        if (description.length() > LONGEST_DESCRIPTION || !Check.storable(description)) {
            throw HeadroomException.invalid("input.description", "A description has at most " + LONGEST_DESCRIPTION + " characters");
        }
        if (endpoints.all().size() >= MOST) {
            throw HeadroomException.invalid("input.url", "There are " + MOST + " endpoints, and no room for more; remove one");
        }
        String secret = secret();
        WebhookEndpoint endpoint = new WebhookEndpoint(Ids.next(), url, description.strip(), new TreeSet<>(events), null, clock.instant(), null);
        endpoints.insert(endpoint, sealed(secret), actor.name());
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
        String secret = secret();
        endpoints.rotate(id, sealed(secret), clock.instant().plus(overlap));
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

    /** Sends an event that says nothing, so that somebody sees whether it arrives; whatever else the endpoint is told of. */
    @Transactional
    public WebhookDelivery test(Actor actor, UUID id) {
        managed(actor, id);
        CloudEvent event = new CloudEvent(Ids.next(), EventKind.TEST, clock.instant(), null, Map.of());
        deliveries.insert(event, null, json.writeValueAsString(event.fields()), List.of(id));
        WebhookDelivery made = deliveries.find(event.id(), id).orElseThrow();
        audit.created(actor, "sendTestWebhookEvent", null, SUBJECT, id, made);
        return made;
    }

    private WebhookEndpoint managed(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.ADMIN);
        return endpoints.locked(id).orElseThrow(() -> HeadroomException.notFound("input.endpoint", "No such endpoint is in use"));
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return WebhookSignature.PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    private byte[] sealed(String secret) {
        return box.seal(SEALED_AS, secret.getBytes(StandardCharsets.UTF_8));
    }

    String opened(byte[] sealed) {
        return new String(box.open(SEALED_AS, sealed), StandardCharsets.UTF_8);
    }
}
