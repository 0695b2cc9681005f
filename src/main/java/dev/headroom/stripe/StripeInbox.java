package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;

import com.stripe.StripeClient;
import com.stripe.model.Event;
import com.stripe.model.StripeCollection;
import com.stripe.param.EventListParams;
import dev.headroom.occasion.Occasion;
import dev.headroom.occasion.Origin;
import dev.headroom.stripe.InboxRepository.Due;
import dev.headroom.stripe.InboxRepository.ReceivedEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stripe's events: stored once each, answered before they are worked on, worked on until it succeeds. An event only says where to look;
 * that it is late, repeated or out of order therefore does not matter.
 */
@Service
public class StripeInbox {

    private static final Logger LOG = LoggerFactory.getLogger(StripeInbox.class);
    /** Before the second attempt; twice as long before each that follows. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(4);
    /** Together a day and a half; what has failed for so long will not mend itself. */
    private static final int MOST_ATTEMPTS = 16;
    private static final int AT_ONCE = 50;
    /** Longer than Stripe tells of an event. */
    private static final Duration KEPT = Duration.ofDays(35);
    private static final int FORGOTTEN_AT_ONCE = 1_000;
    private static final long PAGE = 100;
    /** Events of one moment do not appear at one moment; what was seen already is recognised by its id. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    /** Something happened to an object at Stripe; a hint, for events come late, twice and in any order. Whoever listens reads the object. */
    public sealed interface StripeObjectChanged {

        String eventId();

        /**
         * To a subscription, or to something that belongs to it, such as an invoice.
         *
         * @param requests the idempotency keys of the requests that brought all of it about; none where some of it came about otherwise
         */
        record OfSubscription(String eventId, String subscription, Set<String> requests) implements StripeObjectChanged {}

        /** To an invoice; what belongs to a subscription is told of both. */
        record OfInvoice(String eventId, String invoice) implements StripeObjectChanged {}

        /** To a payment that went through: some of it was given back, or its card's holder disputes it. */
        record OfPayment(String eventId, String paymentIntent) implements StripeObjectChanged {}

        /**
         * To a customer's cards, or to its balance, which takes part in the invoices of every one of its subscriptions.
         *
         * @param ofBalanceAlone whether it is known that nothing but the balance is another
         * @param requests       as of a subscription
         */
        record OfCustomer(String eventId, String customer, boolean ofBalanceAlone, Set<String> requests) implements StripeObjectChanged {}
    }

    private final StripeClient stripe;
    private final InboxRepository inbox;
    private final WebhookSecrets secrets;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final ReceivedEvents received;
    private final InstantSource clock;
    /** Rounds of fetching events in a row that broke off after their first page. */
    private final AtomicInteger brokenOff = new AtomicInteger();

    StripeInbox(
            StripeClient stripe, InboxRepository inbox, WebhookSecrets secrets, ApplicationEventPublisher events, TransactionTemplate transaction,
            ReceivedEvents received, InstantSource clock) {
        this.stripe = stripe;
        this.inbox = inbox;
        this.secrets = secrets;
        this.events = events;
        this.transaction = transaction;
        this.received = received;
        this.clock = clock;
    }

    /** Takes an event in; false when it is not from Stripe. */
    public boolean receive(String payload, String signature) {
        Instant now = clock.instant();
        boolean genuine = secrets.signed(payload, signature, now);
        if (genuine) {
            received.store(payload, now);
        }
        return genuine;
    }

    /**
     * Fetches what happened since the last time, at first since this installation began, for installations that Stripe cannot reach.
     * Stripe tells the newest first, so what is stored of a round that breaks off stays, and the next one begins where this one did. Where
     * round after round breaks off, and not because Stripe is silent, what is older than that is given up.
     *
     * @return how many events were new
     */
    public int poll() {
        Instant since = inbox.polledUntil().map(until -> until.minus(OVERLAP)).orElseGet(inbox::beginning);
        StripeCollection<Event> page = page(since, null);
        Optional<Event> newest = page.getData().stream().findFirst();
        int fresh = store(page) + older(page, since);
        newest.ifPresent(event -> inbox.polled(Instant.ofEpochSecond(event.getCreated())));
        return fresh;
    }

    /** What follows the first page of a round, and how it ends: at the last page, or where it has broken off often enough. */
    private int older(StripeCollection<Event> first, Instant since) {
        int fresh = 0;
        StripeCollection<Event> page = first;
        try {
            while (page.getHasMore()) {
                page = page(since, page.getData().getLast().getId());
                fresh += store(page);
            }
        } catch (StripeUnavailableException silent) {
            throw silent;
        } catch (RuntimeException failed) {
            if (brokenOff.incrementAndGet() < MOST_ATTEMPTS) {
                throw failed;
            }
            Event last = page.getData().getLast();
            LOG.error("Stripe's events from {} to {} could not be fetched {} times and are given up; what they tell of is not followed until it changes again: {}",
                    since, Instant.ofEpochSecond(last.getCreated()), MOST_ATTEMPTS, failed.toString());
        }
        brokenOff.set(0);
        return fresh;
    }

    private StripeCollection<Event> page(Instant since, @Nullable String after) {
        EventListParams.Builder parameters = EventListParams.builder()
                .setLimit(PAGE)
                .setCreated(EventListParams.Created.builder().setGte(since.getEpochSecond()).build());
        if (after != null) {
            parameters.setStartingAfter(after);
        }
        return call(() -> stripe.v1().events().list(parameters.build()));
    }

    private int store(StripeCollection<Event> page) {
        Instant now = clock.instant();
        return (int) page.getData().reversed().stream().filter(event -> received.store(event, now)).count();
    }

    /**
     * What came of working on what is due.
     *
     * @param handled how many events
     * @param silent  whether it broke off because nobody answered at Stripe: asking for the next object would only take as long again
     */
    public record Drained(int handled, boolean silent) {}

    /** Works on everything that is due, as long as somebody answers at Stripe; what is left then is due as it was. */
    public Drained drain() {
        int handled = 0;
        for (List<Due> taken = take(); !taken.isEmpty(); taken = take()) {
            Drained some = workOn(taken);
            handled += some.handled();
            if (some.silent()) {
                return new Drained(handled, true);
            }
        }
        return new Drained(handled, false);
    }

    /** What was handled is written down for all of them together: should it be lost, they are looked at again, and nothing is another for it. */
    private Drained workOn(List<Due> taken) {
        List<Due> handled = new ArrayList<>();
        Deque<List<Due>> objects = new ArrayDeque<>(taken.stream()
                .collect(Collectors.groupingBy(due -> due.event().hint().object(), LinkedHashMap::new, Collectors.toList())).values());
        boolean silent = false;
        while (!objects.isEmpty() && !silent) {
            List<Due> ofOneObject = objects.removeFirst();
            switch (Occasion.from(Origin.STRIPE).<Handling, RuntimeException>call(() -> handle(ofOneObject))) {
                case HANDLED -> handled.addAll(ofOneObject);
                case FAILED -> { }
                case SILENCE -> {
                    giveBack(ofOneObject, clock.instant().plus(FIRST_PAUSE));
                    giveBack(objects.stream().flatMap(List::stream).toList(), clock.instant());
                    silent = true;
                }
            }
        }
        inbox.handled(ids(handled), clock.instant());
        return new Drained(handled.size(), silent);
    }

    /** What nobody has tried counts as no attempt. */
    private void giveBack(List<Due> untried, Instant until) {
        untried.stream().collect(Collectors.groupingBy(Due::attempts)).forEach((attempts, due) -> inbox.postpone(ids(due), attempts, until));
    }

    /**
     * All that a request of ours did at Stripe is recorded by now, so that nobody need look at it when Stripe tells.
     *
     * @param request its idempotency key
     */
    public void settled(String request) {
        received.settled(request);
    }

    private enum Handling { HANDLED, FAILED, SILENCE }

    /** Looks at a subscription as if an event had spoken of it, for a history that is told faster than events are fetched. */
    public void follow(String subscription) {
        events.publishEvent(new StripeObjectChanged.OfSubscription("renewal", subscription, Set.of()));
    }

    /** The same for all that a customer has, with what waits for its next invoice. */
    public void followCustomer(String customer) {
        events.publishEvent(new StripeObjectChanged.OfCustomer("billed", customer, false, Set.of()));
    }

    /** Whoever takes events puts their next attempt off first: if it dies over them, they come back. */
    private List<Due> take() {
        return Optional.ofNullable(transaction.execute(_ -> {
            List<Due> taken = inbox.due(clock.instant(), AT_ONCE);
            taken.stream().collect(Collectors.groupingBy(Due::attempts))
                    .forEach((attempts, due) -> inbox.postpone(ids(due), attempts + 1, clock.instant().plus(pause(attempts))));
            return taken;
        })).orElse(List.of());
    }

    private static Duration pause(int attempts) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, MOST_ATTEMPTS));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** A renewal alone is half a dozen events, all of which say: look here. So whoever looks once has seen what all of them tell of. */
    private Handling handle(List<Due> ofOneObject) {
        ReceivedEvent event = ofOneObject.getFirst().event();
        try {
            Hint.published(ofOneObject.stream().map(Due::event).filter(received::isOpen).toList()).forEach(events::publishEvent);
            return Handling.HANDLED;
        } catch (StripeUnavailableException silent) {
            LOG.warn("Stripe's events of {} ({} and {} more) could not be handled, for Stripe did not answer: {}",
                    event.hint().object(), event.type(), ofOneObject.size() - 1, silent.getMessage());
            inbox.failed(ids(ofOneObject), silent.toString());
            return silent.silent() ? Handling.SILENCE : Handling.FAILED;
        } catch (RuntimeException failed) {
            ofOneObject.forEach(due -> failed(due, failed.toString()));
            return Handling.FAILED;
        }
    }

    private static List<String> ids(List<Due> due) {
        return due.stream().map(each -> each.event().id()).toList();
    }

    /** Stripe's silence passes; anything else may be for ever, and is then left to people. */
    private void failed(Due due, String failure) {
        ReceivedEvent event = due.event();
        if (due.attempts() + 1 < MOST_ATTEMPTS) {
            LOG.warn("Stripe's event {} ({}) could not be handled and will be tried again: {}", event.id(), event.type(), failure);
            inbox.failed(List.of(event.id()), failure);
        } else {
            LOG.error("Stripe's event {} ({}) failed {} times and is given up; {} is not followed until it changes again: {}",
                    event.id(), event.type(), MOST_ATTEMPTS, event.hint().object(), failure);
            inbox.giveUp(event.id(), failure, clock.instant());
        }
    }

    /** Deletes what was handled long ago, a bounded number in each transaction; never what was not. */
    void forget() {
        Instant before = clock.instant().minus(KEPT);
        int forgotten = FORGOTTEN_AT_ONCE;
        while (forgotten == FORGOTTEN_AT_ONCE) {
            forgotten = inbox.forget(before, FORGOTTEN_AT_ONCE);
        }
    }
}
