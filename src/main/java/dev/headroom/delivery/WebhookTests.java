package dev.headroom.delivery;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.delivery.WebhookEndpoint.EventKind;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Events that say nothing, so that somebody sees whether an endpoint takes what is sent. */
@Service
public class WebhookTests {

    private final EndpointRepository endpoints;
    private final DeliveryRepository deliveries;
    private final AuditEntries audit;
    private final JsonMapper json;
    private final InstantSource clock;

    WebhookTests(EndpointRepository endpoints, DeliveryRepository deliveries, AuditEntries audit, JsonMapper json, InstantSource clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /** Sends one, whatever else the endpoint is told of; where that is paused, it waits with what else does. @throws HeadroomException NOT_FOUND */
    @Transactional
    public WebhookDelivery send(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.ADMIN);
        endpoints.locked(id).orElseThrow(WebhookEndpoints::unknown);
        CloudEvent event = new CloudEvent(Ids.next(), EventKind.TEST, clock.instant(), null, Map.of());
        deliveries.insert(event, null, json.writeValueAsString(event.fields()), List.of(id));
        WebhookDelivery made = deliveries.find(event.id(), id).orElseThrow();
        audit.created(actor, "sendTestWebhookEvent", null, "webhookEndpoint", id, made);
        return made;
    }
}
