package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;

import com.stripe.StripeClient;
import com.stripe.model.WebhookEndpoint;
import com.stripe.net.RequestOptions;
import com.stripe.param.WebhookEndpointCreateParams;
import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.stripe.StripeEvents.RotateSecret;
import dev.headroom.stripe.WebhookRepository.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The endpoints at which Stripe sends us events, and their secrets. Stripe gives an endpoint one secret for life, so a secret is replaced by
 * a second endpoint at the same address; while both are there each event comes twice and is stored once.
 */
@Service
class StripeWebhooks {

    private static final Logger LOG = LoggerFactory.getLogger(StripeWebhooks.class);
    private static final String OPERATION = "rotateWebhookSecret";
    private static final String GONE = "resource_missing";

    private final StripeClient stripe;
    private final WebhookRepository webhooks;
    private final WebhookSecrets secrets;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    StripeWebhooks(
            StripeClient stripe, WebhookRepository webhooks, WebhookSecrets secrets, IdempotencyKeys keys, AuditEntries audit, TransactionTemplate transaction,
            InstantSource clock) {
        this.stripe = stripe;
        this.webhooks = webhooks;
        this.secrets = secrets;
        this.keys = keys;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Asks Stripe to send events to a URL, unless it does already. */
    void register(String url) {
        if (webhooks.webhook(url).isEmpty()) {
            WebhookEndpoint made = make(url, "webhook:" + url);
            webhooks.insert(url, made.getId(), secrets.sealed(made.getSecret()), clock.instant());
            secrets.forget();
        }
    }

    private WebhookEndpoint make(String url, String idempotencyKey) {
        WebhookEndpointCreateParams parameters = WebhookEndpointCreateParams.builder()
                .setUrl(url)
                .setApiVersion(WebhookEndpointCreateParams.ApiVersion.VERSION_2026_07_29_DAHLIA)
                .addEnabledEvent(WebhookEndpointCreateParams.EnabledEvent.ALL)
                .build();
        return call(() -> stripe.v1().webhookEndpoints().create(parameters, RequestOptions.builder().setIdempotencyKey(idempotencyKey).build()));
    }

    List<Webhook> valid() {
        return webhooks.valid(clock.instant());
    }

    /**
     * Replaces the secret of an address; the same key again does nothing more. A successor that Stripe did not make yet, the job makes.
     *
     * @throws HeadroomException CONFLICT while another rotation is under way, NOT_FOUND where Stripe sends no events to
     */
    void rotate(Actor actor, RotateSecret command) {
        UUID rotation = Ids.next();
        transaction.executeWithoutResult(_ -> {
            if (keys.claim(actor, OPERATION, command.idempotencyKey(), command, rotation) instanceof Claim.First) {
                begin(actor, command, rotation);
            }
        });
        try {
            tidy();
        } catch (StripeUnavailableException silent) {
            LOG.warn("The new secret for {} will be fetched in a minute: {}", command.url(), silent.getMessage());
        }
    }

    private void begin(Actor actor, RotateSecret command, UUID rotation) {
        if (webhooks.webhook(command.url()).isEmpty()) {
            throw HeadroomException.notFound("input.url", "Stripe sends no events to this address");
        }
        if (!webhooks.rotate(command.url(), rotation, command.overlapHours())) {
            throw HeadroomException.of(ErrorCode.CONFLICT, "input.url", "The secret of this address is being replaced already");
        }
        audit.created(actor, OPERATION, null, "webhook", rotation, command);
    }

    /** Does what is left of every rotation: makes the successors that were asked for, and takes away what has retired. */
    void tidy() {
        webhooks.rotating().forEach(this::succeed);
        webhooks.retired(clock.instant()).forEach(this::remove);
    }

    /** Makes the successor of an endpoint under the id of its rotation, so that whoever dies over it is only repeated. */
    private void succeed(Webhook old) {
        UUID rotation = Objects.requireNonNull(old.rotation());
        try {
            WebhookEndpoint made = make(old.url(), "webhook:rotate:" + rotation);
            Instant now = clock.instant();
            transaction.executeWithoutResult(_ -> {
                if (webhooks.rotated(rotation, now.plus(Duration.ofHours(Optional.ofNullable(old.overlapHours()).orElse(0))))) {
                    webhooks.insert(old.url(), made.getId(), secrets.sealed(made.getSecret()), now);
                }
            });
            secrets.forget();
        } catch (StripeRefusedException refused) {
            webhooks.rotated(rotation, null);
            LOG.warn("Stripe makes no second endpoint at {}, so its secret stays: {}", old.url(), refused.getMessage());
        }
    }

    private void remove(Webhook retired) {
        try {
            call(() -> stripe.v1().webhookEndpoints().delete(retired.stripeId()));
        } catch (StripeRefusedException refused) {
            if (!refused.code().equals(GONE)) {
                throw refused;
            }
        }
        webhooks.delete(retired);
        secrets.forget();
    }
}
