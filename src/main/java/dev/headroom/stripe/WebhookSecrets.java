package dev.headroom.stripe;

import dev.headroom.identity.SecretBox;
import dev.headroom.postgres.Memory;
import dev.headroom.postgres.Outages;
import dev.headroom.stripe.WebhookRepository.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The secrets that Stripe signs its events with, opened and remembered: one change alone is half a dozen events. What is replaced counts no
 * more at once on this node, and within a second on the others.
 */
@Service
class WebhookSecrets {

    private static final String SEALED_AS = "stripe-webhook";
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final String ALL = "all";

    private final WebhookRepository webhooks;
    private final SecretBox box;
    private final Memory<String, List<Secret>> remembered;

    /** @param heardAt goes on with what is heard on this node */
    private record Secret(Webhook webhook, String text, AtomicReference<@Nullable Instant> heardAt) {

        boolean counts(Instant at) {
            return webhook.retiresAt() == null || webhook.retiresAt().isAfter(at);
        }
    }

    WebhookSecrets(WebhookRepository webhooks, SecretBox box, Outages outages) {
        this.webhooks = webhooks;
        this.box = box;
        this.remembered = outages.shortMemory(REMEMBERED, 1);
    }

    byte[] sealed(String secret) {
        return box.seal(SEALED_AS, secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a payload is signed with a secret that counts now. */
    boolean signed(String payload, String signature, Instant now) {
        Optional<Secret> signer = signer(remembered.get(ALL, _ -> read(now)), payload, signature, now)
                // A secret that another node made is younger than what is remembered.
                .or(() -> signer(remembered.renew(ALL, _ -> read(now)), payload, signature, now));
        signer.ifPresent(secret -> heard(secret, now));
        return signer.isPresent();
    }

    private static Optional<Secret> signer(@Nullable List<Secret> known, String payload, String signature, Instant now) {
        return Optional.ofNullable(known).stream().flatMap(List::stream)
                .filter(secret -> secret.counts(now) && StripeSignature.holds(payload, signature, secret.text(), now))
                .findFirst();
    }

    private List<Secret> read(Instant now) {
        return webhooks.valid(now).stream()
                .map(webhook -> new Secret(webhook, new String(box.open(SEALED_AS, webhook.secret()), StandardCharsets.UTF_8), new AtomicReference<>(webhook.heardAt())))
                .toList();
    }

    /** Writes no more often than once a second, for many events may come in one. */
    private void heard(Secret secret, Instant now) {
        Instant before = secret.heardAt().get();
        if ((before == null || before.isBefore(now.minusSeconds(1))) && secret.heardAt().compareAndSet(before, now)) {
            webhooks.heard(secret.webhook(), now);
        }
    }

    /** Something became of them: whoever asks next is told by the database. */
    void forget() {
        remembered.forget(ALL);
    }
}
