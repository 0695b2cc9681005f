package dev.headroom.delivery;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.delivery.DeliveryRepository.Due;
import dev.headroom.delivery.WebhookDelivery.Answer;
import dev.headroom.delivery.WebhookDelivery.DeliveryFilter;
import dev.headroom.delivery.WebhookDelivery.DeliveryState;
import dev.headroom.delivery.WebhookDelivery.Dispatch;
import dev.headroom.delivery.WebhookEndpoint.EventKind;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Events on their way: written with what happened, sent afterwards, and again while an endpoint does not take them, ever more seldom for three days. A process that dies
 * in between has them sent by the next, so an endpoint may get one twice, under the same id.
 */
@Service
public class WebhookDeliveries {

    /** How long what happened waits for an endpoint that is paused, before it is given up. */
    public static final Duration KEPT_FOR_PAUSED = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDeliveries.class);

    /** How long after each try the next one is made. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5),
            Duration.ofHours(10), Duration.ofHours(14), Duration.ofHours(20), Duration.ofHours(24));
    /** Longer than the slowest call takes. */
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 20;
    private static final int LARGEST_PAGE = 1_000;

    private final DeliveryRepository deliveries;
    private final EndpointRepository endpoints;
    private final EndpointSecrets secrets;
    private final WebhookGateway gateway;
    private final AuditEntries audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    WebhookDeliveries(
            DeliveryRepository deliveries, EndpointRepository endpoints, EndpointSecrets secrets, WebhookGateway gateway, AuditEntries audit,
            TransactionTemplate transaction, InstantSource clock) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.gateway = gateway;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Whether anybody wants to be told; costs less than writing down what nobody does. */
    boolean wanted(EventKind kind) {
        return !takers(kind).isEmpty();
    }

    private List<UUID> takers(EventKind kind) {
        return endpoints.all().stream().filter(endpoint -> endpoint.events().contains(kind)).map(WebhookEndpoint::id).toList();
    }

    /** Has everybody told who wants to be, if the transaction of the caller is committed. */
    @Transactional(propagation = Propagation.MANDATORY)
    void announce(CloudEvent event, @Nullable UUID account, String body) {
        deliveries.insert(event, account, body, takers(event.kind()));
    }

    /** Sends what is due; no endpoint waits for another, and one that fails is left alone until the next time. @return how much was sent or tried */
    int work() {
        Instant now = clock.instant();
        deliveries.giveUpPaused(now.minus(KEPT_FOR_PAUSED), "The endpoint was paused for longer than " + KEPT_FOR_PAUSED.toDays() + " days", now);
        AtomicInteger tried = new AtomicInteger();
        try (ExecutorService endpointsAtOnce = Executors.newVirtualThreadPerTaskExecutor()) {
            deliveries.due(now).forEach(endpoint -> endpointsAtOnce.execute(() -> tried.addAndGet(work(endpoint))));
        }
        return tried.get();
    }

    private int work(UUID endpoint) {
        int tried = 0;
        AtomicBoolean takes = new AtomicBoolean(true);
        while (takes.get()) {
            Instant now = clock.instant();
            List<Due> due = Objects.requireNonNull(transaction.execute(_ -> deliveries.take(endpoint, now, now.plus(LEASE), AT_ONCE)));
            if (due.isEmpty()) {
                break;
            }
            try (ExecutorService sending = Executors.newVirtualThreadPerTaskExecutor()) {
                due.forEach(each -> sending.execute(() -> {
                    if (!sent(each)) {
                        takes.set(false);
                    }
                }));
            }
            tried += due.size();
        }
        return tried;
    }

    private boolean sent(Due due) {
        Instant begun = clock.instant();
        Answer answer = answer(due);
        Instant now = clock.instant();
        boolean last = due.tries() > PAUSES.size();
        DeliveryState state = answer.taken() ? DeliveryState.DELIVERED : last || answer.gone() ? DeliveryState.GIVEN_UP : DeliveryState.WAITING;
        deliveries.record(due, state, answer, last ? now : now.plus(PAUSES.get(due.tries() - 1)), begun, now);
        return answer.taken();
    }

    /** What cannot even be asked counts as a try as well, or it would never be given up. */
    private Answer answer(Due due) {
        try {
            List<String> signing = Stream.of(due.secret(), due.former()).filter(Objects::nonNull).map(secrets::opened).toList();
            return gateway.send(new Dispatch(due.event(), due.endpoint(), due.url(), due.body(), due.tries(), signing), clock.instant());
        } catch (RuntimeException failed) {
            LOG.error("Event {} cannot be sent to endpoint {}", due.event(), due.endpoint(), failed);
            return new Answer(null, "It cannot be sent: " + failed.getClass().getSimpleName());
        }
    }

    /** The newest first, those to endpoints that were removed among them. @param after the one before the first; absent for the first page */
    public List<WebhookDelivery> page(Actor actor, DeliveryFilter filter, @Nullable WebhookDelivery after, int most) {
        actor.requireEveryAccount(Permission.ADMIN);
        Check.between("first", most, 1, LARGEST_PAGE);
        return deliveries.page(filter, after, most);
    }

    /** How many events wait for each of these endpoints; those for which none do are left out. */
    public Map<UUID, Integer> waiting(Actor actor, Collection<UUID> of) {
        actor.requireEveryAccount(Permission.ADMIN);
        return deliveries.waiting(of);
    }

    /** Sends an event again, also one that was delivered, under the same id. */
    @Transactional
    public WebhookDelivery resend(Actor actor, UUID event, UUID endpoint) {
        actor.requireEveryAccount(Permission.ADMIN);
        endpoints.locked(endpoint).orElseThrow(WebhookEndpoints::unknown);
        WebhookDelivery before = deliveries.find(event, endpoint).orElseThrow(() -> HeadroomException.notFound("input.event", "No such event was for this endpoint"));
        deliveries.again(event, endpoint, clock.instant());
        WebhookDelivery after = deliveries.find(event, endpoint).orElseThrow();
        audit.changed(actor, "resendWebhookEvent", null, "webhookEndpoint", endpoint, before, after);
        return after;
    }
}
