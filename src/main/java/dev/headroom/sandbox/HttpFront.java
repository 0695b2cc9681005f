package dev.headroom.sandbox;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The sandbox's HTTP server, reachable from this machine only. */
final class HttpFront implements AutoCloseable {

    /** Longer than Stripe's libraries wait for an answer. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static final String API_VERSION = "2026-07-29.dahlia";

    static {
        // Without it, Nagle's algorithm and delayed acknowledgements make every answer 40 ms late.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Reception reception;
    private final CountDownLatch closing = new CountDownLatch(1);

    HttpFront(int port, Reception reception, InvoicePages pages, Watch watch) {
        this.reception = reception;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException("The Stripe sandbox cannot listen on port " + port, taken);
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.createContext(InvoicePages.PATH, exchange -> show(exchange, sent -> pages.answer(
                exchange.getRequestMethod(), exchange.getRequestURI().getPath(), sent)));
        server.createContext(Watch.PATH, exchange -> show(exchange, _ -> watch.answer(
                exchange.getRequestMethod(), exchange.getRequestHeaders().getFirst("Host"), exchange.getRequestURI())));
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Objects are stored with links to nowhere, for the port may be another one after every start. */
    String linked(String body) {
        return body.replace(InvoicePages.NOWHERE, url().toString());
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        executor.close();
    }

    /** Whoever opens the sandbox's address in a browser wants to look at it. */
    private static boolean isVisit(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("GET") && exchange.getRequestURI().getPath().equals("/");
    }

    private static void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Location", Watch.PATH);
        exchange.sendResponseHeaders(302, -1);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (isVisit(exchange)) {
                redirect(exchange);
                return;
            }
            Headers sent = exchange.getRequestHeaders();
            String verb = exchange.getRequestMethod();
            String key = verb.equals("POST") ? sent.getFirst("Idempotency-Key") : null;
            Reception.Answer answer = reception.answer(new Reception.Request(verb, exchange.getRequestURI().getPath(),
                    Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    sent.getFirst("Authorization"), key));
            if (isLost(answer)) {
                return;
            }
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "application/json");
            headers.set("Request-Id", answer.requestId());
            headers.set("Stripe-Version", API_VERSION);
            if (key != null) {
                headers.set("Idempotency-Key", key);
            }
            if (answer.replayed()) {
                headers.set("Idempotent-Replayed", "true");
            }
            byte[] body = linked(answer.body()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void show(HttpExchange exchange, Function<String, WebPage> pages) throws IOException {
        try (exchange) {
            WebPage page = pages.apply(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().set("Content-Type", page.type());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(page.status(), page.body().length);
            exchange.getResponseBody().write(page.body());
        }
    }

    /** The exchange is closed without an answer, at once or when nobody can be waiting for it any more. */
    private boolean isLost(Reception.Answer answer) {
        try {
            return switch (answer.fate()) {
                case SENT -> false;
                case CUT -> true;
                case HELD -> {
                    closing.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    yield true;
                }
            };
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
