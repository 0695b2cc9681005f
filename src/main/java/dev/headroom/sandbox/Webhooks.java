package dev.headroom.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Delivers events: at least once, in no promised order, each attempt signed anew. */
final class Webhooks implements AutoCloseable {

    private static final int BATCH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Waiting times after failures, about Stripe's three days together; after the last one nobody tries again. */
    private static final List<Duration> BACK_OFF = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5),
            Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(24), Duration.ofHours(24));

    private final TransactionRepository transactions;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

    Webhooks(TransactionRepository transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Attempts every delivery that is due. @return how many arrived */
    int deliver() {
        int arrived = 0;
        List<Delivery> due = due();
        while (!due.isEmpty()) {
            for (Delivery delivery : due) {
                arrived += attempt(delivery) ? 1 : 0;
            }
            due = due();
        }
        return arrived;
    }

    @Override
    public void close() {
        http.close();
    }

    static String signature(String secret, Instant at, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal((at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<Delivery> due() {
        return transactions.run(transaction -> transaction.occurrences().due(now(), BATCH));
    }

    private boolean attempt(Delivery delivery) {
        Optional<ObjectNode> endpoint = transactions.run(transaction -> transaction.documents().find(Kind.WEBHOOK_ENDPOINT, delivery.endpoint()))
                .filter(found -> "enabled".equals(Json.text(found, "status")));
        boolean arrived = endpoint.isPresent() && arrives(endpoint.get(), delivery.body().toString());
        transactions.run(transaction -> {
            if (arrived || endpoint.isEmpty()) {
                transaction.occurrences().delivered(delivery);
            } else {
                transaction.occurrences().postpone(delivery, next(delivery));
            }
            return delivery;
        });
        return arrived;
    }

    private @Nullable Instant next(Delivery delivery) {
        return delivery.attempts() < BACK_OFF.size() ? now().plus(BACK_OFF.get(delivery.attempts())) : null;
    }

    private boolean arrives(ObjectNode endpoint, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(Json.required(endpoint, "url"))).timeout(PATIENCE)
                    .header("Content-Type", "application/json; charset=utf-8")
                    .header("Stripe-Signature", signature(WebhookEndpoints.secret(endpoint), now(), body))
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException | IllegalArgumentException unreachable) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
