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
    private final InvoicePages pages;
    private final CountDownLatch closing = new CountDownLatch(1);

    HttpFront(int port, Reception reception, InvoicePages pages) {
        this.reception = reception;
        this.pages = pages;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException("The Stripe sandbox cannot listen on port " + port, taken);
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.createContext(InvoicePages.PATH, this::show);
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

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
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

    private void show(HttpExchange exchange) throws IOException {
        try (exchange) {
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            InvoicePages.Page page = pages.answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), sent);
            exchange.getResponseHeaders().set("Content-Type", page.type());
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
