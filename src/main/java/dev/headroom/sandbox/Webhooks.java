package dev.headroom.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Delivers events: at least once, in no promised order, each attempt signed anew. */
final class Webhooks {

    /** No more than connections to one host stay open ({@code http.maxConnections}): each beyond those is made anew, and met by its end on the other side. */
    private static final int BATCH = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Waiting times after failures, about Stripe's three days together; after the last one nobody tries again. */
    private static final List<Duration> BACK_OFF = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5),
            Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(24), Duration.ofHours(24));

    private final TransactionRepository transactions;
    private final InstantSource clock;
    private final UnaryOperator<String> links;

    /** @param links puts the sandbox's address into what links to its pages */
    Webhooks(TransactionRepository transactions, InstantSource clock, UnaryOperator<String> links) {
        this.transactions = transactions;
        this.clock = clock;
        this.links = links;
    }

    /** Attempts every delivery that is due. @return how many arrived */
    int deliver() {
        int arrived = 0;
        List<Delivery> due = due();
        while (!due.isEmpty()) {
            arrived += deliver(due);
            due = due();
        }
        return arrived;
    }

    private int deliver(List<Delivery> due) {
        Map<String, ObjectNode> endpoints = endpoints();
        List<Attempt> attempts;
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            attempts = due.stream().map(delivery -> senders.submit(() -> attempt(delivery, endpoints.get(delivery.endpoint())))).toList()
                    .stream().map(Webhooks::finished).toList();
        }
        transactions.run(transaction -> {
            record(transaction.occurrences(), attempts);
            return attempts;
        });
        return (int) attempts.stream().filter(attempt -> attempt.outcome == Outcome.ARRIVED).count();
    }

    private enum Outcome { ARRIVED, FAILED, UNWANTED }

    private record Attempt(Delivery delivery, Outcome outcome) {}

    private void record(OccurrenceRepository occurrences, List<Attempt> attempts) {
        List<Delivery> over = attempts.stream().filter(attempt -> attempt.outcome != Outcome.FAILED).map(Attempt::delivery).toList();
        if (!over.isEmpty()) {
            occurrences.delivered(over);
        }
        attempts.stream().filter(attempt -> attempt.outcome == Outcome.FAILED).map(Attempt::delivery)
                .forEach(delivery -> occurrences.postpone(delivery, next(delivery)));
    }

    private static Attempt finished(Future<Attempt> attempt) {
        try {
            return attempt.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private Map<String, ObjectNode> endpoints() {
        List<String> enabled = List.of(Kind.term("status", "enabled"));
        return transactions.look(transaction -> transaction.documents().all(Kind.WEBHOOK_ENDPOINT, null, enabled)).stream()
                .collect(Collectors.toMap(endpoint -> Json.required(endpoint, "id"), Function.identity()));
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
        return transactions.look(transaction -> transaction.occurrences().due(now(), BATCH));
    }

    private Attempt attempt(Delivery delivery, @Nullable ObjectNode endpoint) {
        if (endpoint == null) {
            return new Attempt(delivery, Outcome.UNWANTED);
        }
        return new Attempt(delivery, arrives(endpoint, links.apply(delivery.body())) ? Outcome.ARRIVED : Outcome.FAILED);
    }

    private @Nullable Instant next(Delivery delivery) {
        return delivery.attempts() < BACK_OFF.size() ? now().plus(BACK_OFF.get(delivery.attempts())) : null;
    }

    private boolean arrives(ObjectNode endpoint, String body) {
        try {
            HttpURLConnection request = (HttpURLConnection) URI.create(Json.required(endpoint, "url")).toURL().openConnection();
            request.setRequestMethod("POST");
            request.setDoOutput(true);
            request.setInstanceFollowRedirects(false);
            request.setConnectTimeout((int) PATIENCE.toMillis());
            request.setReadTimeout((int) PATIENCE.toMillis());
            request.setRequestProperty("Content-Type", "application/json; charset=utf-8");
            request.setRequestProperty("Stripe-Signature", signature(WebhookEndpoints.secret(endpoint), now(), body));
            request.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            return isTaken(request);
        } catch (IOException | IllegalArgumentException | ClassCastException unreachable) {
            return false;
        }
    }

    /** Whoever has heard the whole answer leaves the connection to the next event. */
    private static boolean isTaken(HttpURLConnection request) throws IOException {
        boolean taken = request.getResponseCode() / 100 == 2;
        try (InputStream answer = taken ? request.getInputStream() : request.getErrorStream()) {
            if (answer != null) {
                answer.transferTo(OutputStream.nullOutputStream());
            }
        }
        return taken;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
