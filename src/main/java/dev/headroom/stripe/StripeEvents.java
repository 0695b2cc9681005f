package dev.headroom.stripe;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.id.Ids;
import dev.headroom.stripe.InboxRepository.Arrival;
import dev.headroom.stripe.InboxRepository.Waiting;
import dev.headroom.stripe.StripeOwnerRepository.Owner;
import dev.headroom.stripe.WebhookRepository.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How Stripe's events come in: over which endpoints, how late, what waits, and what people have to look after. For whoever may ADMIN. */
@Service
public class StripeEvents {

    private static final int LONGEST_OVERLAP = 24;

    private final InboxRepository inbox;
    private final StripeWebhooks webhooks;
    private final StripeOwnerRepository owners;
    private final StripeConnection connection;
    private final AuditEntries audit;
    private final InstantSource clock;

    StripeEvents(
            InboxRepository inbox, StripeWebhooks webhooks, StripeOwnerRepository owners, StripeConnection connection, AuditEntries audit,
            InstantSource clock) {
        this.inbox = inbox;
        this.webhooks = webhooks;
        this.owners = owners;
        this.connection = connection;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * How we hear of Stripe, as of now.
     *
     * @param account         Stripe's id of it; absent while Stripe has never told
     * @param live            whether charges move real money
     * @param since           when this installation first met the account
     * @param endpoints       none where events are fetched instead
     * @param fetchedUntil    when the newest event happened that was fetched; absent where none ever was
     * @param lastReceivedAt  when the last event came that concerned something of ours
     * @param deliverySeconds how long that one had been on its way
     * @param backlog         events that wait to be handled
     * @param retrying        those of them that have failed before
     * @param lagSeconds      how long ago the oldest that waits happened; 0 when none waits
     * @param givenUp         events that nobody tries any more
     */
    public record State(
            @Nullable String account, boolean live, @Nullable Instant since, List<Endpoint> endpoints, @Nullable Instant fetchedUntil,
            @Nullable Instant lastReceivedAt, @Nullable Long deliverySeconds, int backlog, int retrying, long lagSeconds, int givenUp) {}

    /**
     * Where Stripe sends us events.
     *
     * @param heardAt   when an event last came that was signed with its secret
     * @param retiresAt from when on its secret counts no more; absent for the one that is current at its address
     * @param rotating  whether a successor was asked for that is not here yet
     */
    public record Endpoint(
            String id, String url, @Nullable Instant madeAt, @Nullable Instant heardAt, @Nullable Instant retiresAt, boolean rotating) {}

    /**
     * An event that could not be handled.
     *
     * @param object        the subscription or customer that it tells of
     * @param failure       of the last attempt
     * @param nextAttemptAt absent once it is given up
     * @param resent        how often somebody had it worked on again
     */
    public record TroubledEvent(
            String id, String type, String object, Instant happenedAt, Instant receivedAt, int attempts, @Nullable Instant nextAttemptAt,
            String failure, @Nullable Instant givenUpAt, int resent) {

        public TroubledEvent {
            nextAttemptAt = givenUpAt == null ? nextAttemptAt : null;
        }
    }

    /**
     * Asks for another secret for the events that Stripe sends to an address.
     *
     * @param overlapHours for how long the present one counts beside it, 0 to 24
     */
    public record RotateSecret(String idempotencyKey, String url, int overlapHours) {}

    public State state(Actor actor) {
        actor.requireEveryAccount(Permission.ADMIN);
        Optional<Owner> owner = owners.known();
        Optional<Arrival> last = inbox.last();
        Waiting waiting = inbox.waiting();
        return new State(
                owner.map(Owner::account).orElse(null), connection.live(), owner.map(Owner::since).orElse(null), endpoints(),
                inbox.polledUntil().orElse(null), last.map(Arrival::receivedAt).orElse(null),
                last.map(arrival -> seconds(arrival.happenedAt(), arrival.receivedAt())).orElse(null), waiting.events(), waiting.failedBefore(),
                waiting.oldest() == null ? 0 : seconds(waiting.oldest(), clock.instant()), inbox.givenUp());
    }

    private static long seconds(Instant from, Instant until) {
        return Math.max(0, Duration.between(from, until).toSeconds());
    }

    private List<Endpoint> endpoints() {
        return webhooks.valid().stream().map(StripeEvents::endpoint).toList();
    }

    private static Endpoint endpoint(Webhook webhook) {
        return new Endpoint(
                webhook.stripeId(), webhook.url(), webhook.madeAt(), webhook.heardAt(), webhook.retiresAt(), webhook.rotation() != null);
    }

    /**
     * What could not be handled so far, or for good; the newest first.
     *
     * @param after id of the last one of the page before
     */
    public List<TroubledEvent> troubled(Actor actor, @Nullable String after, int size) {
        actor.requireEveryAccount(Permission.ADMIN);
        return inbox.troubled(after, size);
    }

    /**
     * Has events worked on again that were given up; those that were not, or that nobody knows, are left out.
     *
     * @param events ids; absent for all of them
     * @return how many will be worked on
     */
    @Transactional
    public int resend(Actor actor, @Nullable Collection<String> events) {
        actor.requireEveryAccount(Permission.ADMIN);
        List<String> resent = inbox.resend(events, clock.instant());
        if (!resent.isEmpty()) {
            audit.created(actor, "resendStripeEvents", null, "stripeEvents", Ids.next(), resent);
        }
        return resent.size();
    }

    /** Replaces the secret of an address, and returns the endpoints that are there then: two, where the old one still counts. */
    public List<Endpoint> rotate(Actor actor, RotateSecret command) {
        actor.requireEveryAccount(Permission.ADMIN);
        Check.between("input.overlapHours", command.overlapHours(), 0, LONGEST_OVERLAP);
        webhooks.rotate(actor, command);
        return endpoints();
    }
}
