package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Killed in the middle of recording and consuming, and its PostgreSQL restarted under it: what was acknowledged is there, and once. */
class CrashIT {

    private static final int CLIENTS = 4;
    /** Of each client: a third before the process is killed, a third before its database is, a third after. */
    private static final int STEPS = 60;
    private static final int BATCH = 25;
    private static final int LIMIT = 150;
    private static final String KEY = "API key";

    @TempDir
    Path data;

    private final Semaphore steps = new Semaphore(0);
    private final Set<String> consumed = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch up = new CountDownLatch(0);
    private volatile Api api;
    private int port;
    private Process headroom;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void nothingAcknowledgedIsLostOrCountedTwice() throws Exception {
        port = freePort();
        start();
        prepare();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> all = new ArrayList<>();
            IntStream.range(0, CLIENTS).forEach(client -> all.add(clients.submit(() -> run(client))));

            steps.acquire(CLIENTS * STEPS / 3);
            up = new CountDownLatch(1);
            headroom.destroyForcibly().waitFor();
            start();
            up.countDown();

            steps.acquire(CLIENTS * STEPS / 3);
            breakDatabase();
            for (Future<?> each : all) {
                each.get();
            }
        }

        assertThat(used("events")).isEqualTo((long) CLIENTS * STEPS * BATCH);
        assertThat(consumed).as("as many as the limit, of more that were asked for").hasSize(LIMIT);
        assertThat(used("jobs")).isEqualTo(LIMIT);
    }

    /** Each step until it is acknowledged, under the same ids: the one who asks cannot know what became of an answer that never came. */
    private Void run(int client) throws InterruptedException {
        for (int step = 0; step < STEPS; step++) {
            String id = client + "-" + step;
            List<Map<String, Object>> events = IntStream.range(0, BATCH)
                    .mapToObj(i -> Map.<String, Object>of("id", id + "-" + i, "account", "acme", "meter", "events")).toList();
            untilAcknowledged(() -> assertThat(api.ask("""
                    mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { outcomes { __typename } } }""", "input", Map.of("events", events))
                    .at("/recordUsage/outcomes").findValuesAsString("__typename")).hasSize(BATCH).doesNotContain("UsageRejected"));
            untilAcknowledged(() -> {
                if (api.ask("mutation ($input: ConsumeInput!) { consume(input: $input) { __typename } }", "input",
                        Map.of("idempotencyKey", id, "account", "acme", "feature", "jobs")).text("/consume/__typename").equals("Consumed")) {
                    consumed.add(id);
                }
            });
            steps.release();
        }
        return null;
    }

    private void untilAcknowledged(Runnable ask) throws InterruptedException {
        boolean acknowledged = false;
        while (!acknowledged) {
            try {
                ask.run();
                acknowledged = true;
            } catch (IllegalStateException | AssertionError noAnswer) {
                up.await();
            }
        }
    }

    private void prepare() {
        create("createProduct", Map.of("key", "crash", "name", "Crash", "features", Stream.of("events", "jobs")
                .map(key -> Map.of("key", key, "name", key, "kind", "METER", "reset", "BILLING_PERIOD")).toList()));
        create("createPlan", Map.of("product", "crash", "key", "crash", "name", "Crash", "rank", 1,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 0)),
                "entitlements", List.of(Map.of("feature", "events"), Map.of("feature", "jobs", "included", LIMIT))));
        create("createAccount", Map.of("key", "acme", "name", "Acme", "email", "acme@example.com", "currency", "USD"));
        create("startSubscription", Map.of("account", "acme", "plan", "crash"));
    }

    private void create(String mutation, Map<String, Object> input) {
        Map<String, Object> keyed = Stream.concat(input.entrySet().stream(), Stream.of(Map.entry("idempotencyKey", mutation)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        String type = Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1);
        api.ask("mutation ($input: %sInput!) { %s(input: $input) { __typename } }".formatted(type, mutation), "input", keyed).at("/" + mutation);
    }

    private long used(String feature) {
        return api.ask("query ($feature: String!) { entitlement(account: \"acme\", feature: $feature, requested: 0) { used } }", "feature", feature)
                .at("/entitlement/used").asLong();
    }

    /** As the launcher starts it, but compiled only once, for it does not live long; there when it says with which key to ask. */
    private void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(), "@build/jvm.options", "-XX:TieredStopAtLevel=1", "-jar",
                "target/headroom.jar").redirectErrorStream(true);
        builder.environment().putAll(Map.of("HEADROOM_PORT", String.valueOf(port), "HEADROOM_DATA", data.toString(), "HEADROOM_DEMO", "false"));
        headroom = builder.start();
        BufferedReader output = headroom.inputReader();
        String secret = output.lines().filter(line -> line.contains(KEY)).findFirst()
                .map(line -> line.substring(line.indexOf(KEY) + KEY.length()).strip()).orElseThrow();
        Thread.startVirtualThread(() -> output.lines().forEach(_ -> {}));
        api = new Api("http://localhost:" + port, secret);
    }

    /** One of its processes dies: PostgreSQL then ends all the others, recovers from its log, and begins again. */
    private void breakDatabase() throws IOException {
        long postmaster;
        try (Stream<Path> files = Files.walk(data)) {
            Path file = files.filter(path -> path.endsWith("postmaster.pid")).findFirst().orElseThrow();
            postmaster = Long.parseLong(Files.readAllLines(file).getFirst());
        }
        ProcessHandle.of(postmaster).orElseThrow().children().findFirst().orElseThrow().destroyForcibly();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        headroom.destroy();
        headroom.waitFor();
    }
}
