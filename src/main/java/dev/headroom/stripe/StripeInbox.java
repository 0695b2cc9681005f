package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;

import com.stripe.StripeClient;
import com.stripe.model.Event;
import com.stripe.model.WebhookEndpoint;
import com.stripe.net.RequestOptions;
import com.stripe.param.EventListParams;
import com.stripe.param.WebhookEndpointCreateParams;
import dev.headroom.identity.SecretBox;
import dev.headroom.stripe.InboxRepository.ReceivedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stripe's events: stored once each, answered before they are worked on, worked on until it succeeds. An event only says where to look;
 * that it is late, repeated or out of order therefore does not matter.
 */
@Service
public class StripeInbox {

    private static final Logger LOG = LoggerFactory.getLogger(StripeInbox.class);
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(30);
    private static final int AT_ONCE = 50;
    private static final long PAGE = 100;
    /** Events of one moment do not appear at one moment; what was seen already is recognised by its id. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);
    private static final String SEALED_AS = "stripe-webhook";

    private final StripeClient stripe;
    private final InboxRepository inbox;
    private final SecretBox box;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final InstantSource clock;

    StripeInbox(
            StripeClient stripe, InboxRepository inbox, SecretBox box, ApplicationEventPublisher events, TransactionTemplate transaction,
            JsonMapper json, InstantSource clock) {
        this.stripe = stripe;
        this.inbox = inbox;
        this.box = box;
        this.events = events;
        this.transaction = transaction;
        this.json = json;
        this.clock = clock;
    }

    /** Asks Stripe to send events to a URL, unless it does already. */
    void register(String url) {
        if (inbox.webhook(url).isEmpty()) {
            WebhookEndpointCreateParams parameters = WebhookEndpointCreateParams.builder()
                    .setUrl(url)
                    .setApiVersion(WebhookEndpointCreateParams.ApiVersion.VERSION_2026_07_29_DAHLIA)
                    .addEnabledEvent(WebhookEndpointCreateParams.EnabledEvent.ALL)
                    .build();
            WebhookEndpoint made = call(() -> stripe.v1().webhookEndpoints().create(
                    parameters, RequestOptions.builder().setIdempotencyKey("webhook:" + url).build()));
            inbox.insertWebhook(
                    url, new InboxRepository.Webhook(made.getId(), box.seal(SEALED_AS, made.getSecret().getBytes(StandardCharsets.UTF_8))));
        }
    }

    /** Takes an event in; false when it is not from Stripe. */
    public boolean receive(String payload, String signature) {
        Instant now = clock.instant();
        boolean genuine = inbox.webhooks().stream()
                .map(webhook -> new String(box.open(SEALED_AS, webhook.secret()), StandardCharsets.UTF_8))
                .anyMatch(secret -> StripeSignature.holds(payload, signature, secret, now));
        if (genuine) {
            read(payload).ifPresent(event -> inbox.insert(event, now));
        }
        return genuine;
    }

    /** Fetches what happened since the last time, for installations that Stripe cannot reach; returns how many events were new. */
    public int poll() {
        Instant since = inbox.polledUntil().map(until -> until.minus(OVERLAP)).orElse(Instant.EPOCH);
        EventListParams parameters = EventListParams.builder()
                .setLimit(PAGE)
                .setCreated(EventListParams.Created.builder().setGte(since.getEpochSecond()).build())
                .build();
        List<Event> fetched = new ArrayList<>();
        call(() -> stripe.v1().events().list(parameters)).autoPagingIterable().forEach(fetched::add);
        Instant now = clock.instant();
        long fresh = fetched.reversed().stream()
                .flatMap(event -> read(event).stream())
                .filter(event -> inbox.insert(event, now))
                .count();
        fetched.stream().findFirst().ifPresent(newest -> inbox.polled(Instant.ofEpochSecond(newest.getCreated())));
        return (int) fresh;
    }

    /** Works on everything that is due; returns how many events were handled. */
    public int drain() {
        int handled = 0;
        for (List<ReceivedEvent> taken = take(); !taken.isEmpty(); taken = take()) {
            handled += (int) taken.stream().filter(this::handle).count();
        }
        return handled;
    }

    /** Looks at a subscription as if an event had spoken of it, for a history that is told faster than events are fetched. */
    public void follow(String subscription) {
        events.publishEvent(new StripeObjectChanged("renewal", "customer.subscription.updated", subscription));
    }

    /** Whoever takes events puts their next attempt off first: if it dies over them, they come back. */
    private List<ReceivedEvent> take() {
        return Optional.ofNullable(transaction.execute(_ -> {
            List<ReceivedEvent> due = inbox.due(clock.instant(), AT_ONCE);
            inbox.postpone(due, clock.instant().plus(BEFORE_RETRY));
            return due;
        })).orElse(List.of());
    }

    private boolean handle(ReceivedEvent event) {
        try {
            events.publishEvent(new StripeObjectChanged(event.id(), event.type(), event.subscription()));
            inbox.handled(event.id(), clock.instant());
            return true;
        } catch (RuntimeException failed) {
            LOG.warn("Stripe's event {} ({}) could not be handled and will be tried again: {}", event.id(), event.type(), failed.toString());
            inbox.failed(event.id(), failed.toString());
            return false;
        }
    }

    /** Only what concerns a subscription matters so far. */
    private Optional<ReceivedEvent> read(String payload) {
        try {
            JsonNode event = json.readTree(payload);
            return subscription(event.path("data").path("object")).map(subscription -> new ReceivedEvent(
                    event.path("id").asString(), event.path("type").asString(), subscription,
                    Instant.ofEpochSecond(event.path("created").asLong())));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private Optional<ReceivedEvent> read(Event event) {
        return subscription(json.readTree(event.getDataObjectDeserializer().getRawJson()))
                .map(subscription -> new ReceivedEvent(event.getId(), event.getType(), subscription, Instant.ofEpochSecond(event.getCreated())));
    }

    private static Optional<String> subscription(JsonNode object) {
        JsonNode id = object.path("object").asString("").equals("subscription")
                ? object.path("id")
                : object.path("parent").path("subscription_details").path("subscription");
        return Optional.of(id).filter(JsonNode::isString).map(JsonNode::asString);
    }
}
