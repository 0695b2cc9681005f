package dev.headroom.stripe.spec;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a Stripe client and whatever answers as Stripe, and holds every request and every answer against Stripe's
 * specification. Nothing is changed on the way but what a test asks to be {@link #trouble trouble}. Put its {@link #url()} where the client expects Stripe, and
 * {@link #requireClean()} at the end of the test.
 */
public final class StripeWireCheck implements AutoCloseable {

    private static final Set<String> HOP_BY_HOP = Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "expect", "date", "http2-settings");

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int NO_ANSWER = 0;

    private final URI upstream;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<StripeSpec.Finding> findings = new CopyOnWriteArrayList<>();
    private final List<Trouble> troubles = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();

    private StripeWireCheck(URI upstream) {
        this.upstream = upstream;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        server.setExecutor(executor);
        server.createContext("/", this::forward);
        server.start();
    }

    public static StripeWireCheck before(URI upstream) {
        return new StripeWireCheck(upstream);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Everything that was wrong so far; requests that are made wrongly on purpose show here too. */
    public List<StripeSpec.Finding> findings() {
        return List.copyOf(findings);
    }

    /** Holds a webhook's or an event's body against the specification. */
    public void event(String json) {
        findings.addAll(StripeSpec.loaded().inspectEvent(json));
    }

    public int requests() {
        return requests.get();
    }

    /** @throws AssertionError naming every deviation once */
    public void requireClean() {
        requireNone(findings);
    }

    /** The same for tests that send wrong requests on purpose: only the answers must conform. */
    public void requireCleanAnswers() {
        requireNone(findings.stream().filter(finding -> !finding.side().equals("request")).toList());
    }

    private static void requireNone(List<StripeSpec.Finding> findings) {
        if (!findings.isEmpty()) {
            throw new AssertionError("Not as Stripe specifies:\n" + String.join("\n",
                    findings.stream().map(finding -> finding.toString().replaceAll("\\[\\d+]", "[]")).distinct().toList()));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.close();
        client.close();
    }

    /**
     * What matches is not forwarded but answered so, until closed; the client is told not to try again by itself.
     *
     * @param request a regular expression for method, path and query: {@code POST /v1/subscriptions/.*}
     */
    public Trouble trouble(String request, int status, String code) {
        return added(new Trouble(troubles, request, status, code, false, new AtomicInteger()));
    }

    /** What matches is forwarded and has its effect, and the client hears 503 instead of the answer. */
    public Trouble lost(String request) {
        return added(new Trouble(troubles, request, 503, "api_error", true, new AtomicInteger()));
    }

    /** What matches is not forwarded, and the connection is closed without an answer. */
    public Trouble silence(String request) {
        return added(new Trouble(troubles, request, NO_ANSWER, "", false, new AtomicInteger()));
    }

    private Trouble added(Trouble trouble) {
        troubles.add(trouble);
        return trouble;
    }

    /** Something that Stripe answers instead of what it would. */
    public record Trouble(List<Trouble> all, String request, int status, String code, boolean afterwards, AtomicInteger struck) implements AutoCloseable {

        private void answer(HttpExchange exchange) throws IOException {
            struck.incrementAndGet();
            if (status == NO_ANSWER) {
                return;
            }
            byte[] body = "{\"error\": {\"type\": \"%s\", \"code\": \"%s\", \"message\": \"Made up by a test.\"}}"
                    .formatted(status < 500 ? "invalid_request_error" : "api_error", code).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Stripe-Should-Retry", "false");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }

        @Override
        public void close() {
            all.removeIf(each -> each == this);
        }
    }

    private void forward(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        Optional<Trouble> trouble = troubles.stream().filter(each -> asked.matches(each.request())).findFirst();
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            if (trouble.isPresent() && !trouble.get().afterwards()) {
                trouble.get().answer(exchange);
                return;
            }
            HttpResponse<byte[]> answer = client.send(request(exchange, sent), HttpResponse.BodyHandlers.ofByteArray());
            if (trouble.isPresent()) {
                trouble.get().answer(exchange);
                return;
            }
            answer.headers().map().forEach((name, values) -> {
                if (!HOP_BY_HOP.contains(name.toLowerCase())) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            record(exchange, sent, answer);
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(upstream + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase())) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private void record(HttpExchange exchange, byte[] sent, HttpResponse<byte[]> answer) {
        requests.incrementAndGet();
        findings.addAll(StripeSpec.loaded().inspect(new StripeSpec.Exchange(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
                Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""), new String(sent, StandardCharsets.UTF_8),
                exchange.getRequestHeaders().getFirst("Authorization"), answer.statusCode(),
                new String(answer.body(), StandardCharsets.UTF_8), answer.headers().firstValue("Request-Id").orElse(null))));
    }
}
