package dev.headroom.delivery;

import dev.headroom.actor.Actor;
import dev.headroom.delivery.WebhookDelivery.DeliveryFilter;
import dev.headroom.delivery.WebhookDelivery.DeliveryState;
import dev.headroom.delivery.WebhookEndpoint.CreatedWebhookEndpoint;
import dev.headroom.delivery.WebhookEndpoint.EventKind;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class WebhookController {

    private static final int DAY = 24;
    private static final int MOST_SHOWN = 100;

    private final WebhookEndpoints endpoints;
    private final WebhookDeliveries deliveries;
    private final WebhookTests tests;

    WebhookController(WebhookEndpoints endpoints, WebhookDeliveries deliveries, WebhookTests tests) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.tests = tests;
    }

    record NewEndpoint(String url, @Nullable String description, Set<EventKind> events) {}

    record Named(String endpoint) {}

    record Rotation(String endpoint, @Nullable Integer overlapHours) {}

    record Resending(String endpoint, String event) {}

    @QueryMapping
    List<WebhookEndpoint> webhookEndpoints(@ContextValue Actor actor) {
        return endpoints.all(actor);
    }

    @SchemaMapping(typeName = "WebhookEndpoint")
    List<WebhookDelivery> deliveries(WebhookEndpoint endpoint, @Argument int first, @Argument @Nullable DeliveryState state, @ContextValue Actor actor) {
        return deliveries.page(actor, new DeliveryFilter(endpoint.id(), state, null), null, (int) Check.between("first", first, 1, MOST_SHOWN));
    }

    @BatchMapping(typeName = "WebhookEndpoint")
    Map<WebhookEndpoint, Integer> waiting(List<WebhookEndpoint> of, @ContextValue Actor actor) {
        Map<UUID, Integer> waiting = deliveries.waiting(actor, of.stream().map(WebhookEndpoint::id).toList());
        return of.stream().distinct().collect(Collectors.toMap(endpoint -> endpoint, endpoint -> waiting.getOrDefault(endpoint.id(), 0)));
    }

    @MutationMapping
    CreatedWebhookEndpoint createWebhookEndpoint(@Argument NewEndpoint input, @ContextValue Actor actor) {
        return endpoints.create(actor, input.url(), Objects.requireNonNullElse(input.description(), ""), input.events());
    }

    @MutationMapping
    CreatedWebhookEndpoint rotateWebhookEndpointSecret(@Argument Rotation input, @ContextValue Actor actor) {
        return endpoints.rotate(actor, id("input.endpoint", input.endpoint()), Duration.ofHours(Objects.requireNonNullElse(input.overlapHours(), DAY)));
    }

    @MutationMapping
    WebhookEndpoint removeWebhookEndpoint(@Argument Named input, @ContextValue Actor actor) {
        return endpoints.remove(actor, id("input.endpoint", input.endpoint()));
    }

    @MutationMapping
    WebhookEndpoint pauseWebhookEndpoint(@Argument Named input, @ContextValue Actor actor) {
        return endpoints.pause(actor, id("input.endpoint", input.endpoint()));
    }

    @MutationMapping
    WebhookEndpoint resumeWebhookEndpoint(@Argument Named input, @ContextValue Actor actor) {
        return endpoints.resume(actor, id("input.endpoint", input.endpoint()));
    }

    @MutationMapping
    WebhookDelivery sendTestWebhookEvent(@Argument Named input, @ContextValue Actor actor) {
        return tests.send(actor, id("input.endpoint", input.endpoint()));
    }

    @MutationMapping
    WebhookDelivery resendWebhookEvent(@Argument Resending input, @ContextValue Actor actor) {
        return deliveries.resend(actor, id("input.event", input.event()), id("input.endpoint", input.endpoint()));
    }

    private static UUID id(String field, String text) {
        return Ids.parse(text).orElseThrow(() -> HeadroomException.notFound(field, "No such thing"));
    }
}
