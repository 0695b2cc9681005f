package dev.headroom.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headroom.sandbox.Sandbox;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands between Stripe's webhooks and us when nothing goes well: events arrive in any order, some twice, some only when Stripe tries
 * again. Each is held against Stripe's description. What becomes of an event follows from the seed, whose it is, its type and how many of
 * these came before it.
 */
public final class UnreliablePost implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LATE_IN_A_HUNDRED = 4;
    private static final int TWICE_IN_A_HUNDRED = 10;

    private final StripeInbox inbox;
    private final WebhookRepository webhooks;
    private final StripeClient stripe;
    private final StripeWireCheck wire;
    private final long seed;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final String url;
    private final boolean polled;
    private final List<Letter> arrived = new ArrayList<>();
    private final Map<String, Integer> counted = new HashMap<>();
    private final Map<String, String> late = new HashMap<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private boolean reliable;
    private int rounds;

    /** An event as Stripe sent it, and the customer whom it is about. */
    private record Letter(String id, String customer, String type, String payload, String signature) {}

    private UnreliablePost(ApplicationContext headroom, long seed, boolean polled) {
        this.polled = polled;
        this.inbox = headroom.getBean(StripeInbox.class);
        this.webhooks = headroom.getBean(WebhookRepository.class);
        this.stripe = headroom.getBean(StripeClient.class);
        this.wire = headroom.getBean(StripeWireCheck.class);
        this.seed = seed;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + seed;
        server.setExecutor(executor);
        server.createContext("/", this::take);
        server.start();
    }

    /** Asks Stripe to send its events here from now on. */
    public static UnreliablePost before(ApplicationContext headroom, long seed) {
        UnreliablePost post = new UnreliablePost(headroom, seed, false);
        headroom.getBean(StripeWebhooks.class).register(post.url);
        return post;
    }

    /** Nobody delivers anything: what happens at Stripe from a moment on is fetched. */
    public static UnreliablePost onStrike(ApplicationContext headroom, long seed, Instant since) {
        headroom.getBean(InboxRepository.class).polled(since);
        return new UnreliablePost(headroom, seed, true);
    }

    /** Ids differ when a seed is told again; names do not. */
    public void call(String customer, String name) {
        names.put(customer, name);
    }

    /** From now on nothing is refused any more. */
    public synchronized void becomeReliable() {
        reliable = true;
    }

    /** Customers of whom we have not heard everything yet. */
    public synchronized Set<String> waitingFor() {
        return new HashSet<>(late.values());
    }

    /** Brings what there is; false when there was nothing. */
    public boolean bring(Sandbox sandbox) {
        boolean some = polled ? inbox.poll() > 0 : sandbox.deliverWebhooks() > 0;
        handOn();
        return some;
    }

    /** Hands on what has arrived, in any order, and some of it twice. */
    private void handOn() {
        List<Letter> letters;
        synchronized (this) {
            letters = new ArrayList<>(arrived);
            arrived.clear();
        }
        letters.sort(Comparator.comparing(this::name).thenComparing(Letter::type).thenComparing(Letter::id));
        Collections.shuffle(letters, new Random(seed * 1_000 + rounds++));
        letters.forEach(letter -> {
            wire.event(letter.payload());
            if (!inbox.receive(letter.payload(), letter.signature())) {
                throw new AssertionError("Stripe's own event was taken for forged: " + letter);
            }
            if (chance(name(letter) + letter.type()) < TWICE_IN_A_HUNDRED) {
                inbox.receive(letter.payload(), letter.signature());
            }
        });
    }

    private String name(Letter letter) {
        return names.getOrDefault(letter.customer(), "");
    }

    private int chance(String what) {
        return new SplittableRandom(seed * 31 + what.hashCode()).nextInt(100);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String payload = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(accepts(letter(payload, exchange.getRequestHeaders().getFirst("Stripe-Signature"))) ? 204 : 503, -1);
        }
    }

    private static Letter letter(String payload, String signature) {
        JsonNode event = JSON.readTree(payload);
        JsonNode object = event.at("/data/object");
        String customer = object.path("object").asString("").equals("customer") ? object.path("id").asString("") : object.path("customer").asString("");
        return new Letter(event.path("id").asString(), customer, event.path("type").asString(), payload, signature);
    }

    /** Only the first attempt may fail: Stripe tries again a few seconds later. */
    private synchronized boolean accepts(Letter letter) {
        String what = name(letter) + letter.type();
        int before = counted.merge(what, 1, Integer::sum);
        if (!reliable && !late.containsKey(letter.id()) && chance(what + before) < LATE_IN_A_HUNDRED) {
            late.put(letter.id(), letter.customer());
            return false;
        }
        late.remove(letter.id());
        arrived.add(letter);
        return true;
    }

    /** Stripe sends no more. */
    @Override
    public void close() {
        webhooks.webhook(url).ifPresent(mine -> {
            try {
                stripe.v1().webhookEndpoints().delete(mine.stripeId());
            } catch (StripeException failed) {
                throw new IllegalStateException(failed);
            }
            webhooks.delete(mine);
        });
        server.stop(0);
        executor.close();
    }
}
