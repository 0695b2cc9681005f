package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two nodes race for the same limit; one is killed in the middle, and its PostgreSQL restarted under it: what was acknowledged is there, and
 * once. The other, left without a database, answers from what it knew.
 */
class CrashIT {

    private static final int CLIENTS = 4;
    /** Of each client: a third before the process is killed, a third before its database is, a third after. */
    private static final int STEPS = 30;
    private static final int BATCH = 25;
    private static final int PEOPLE = 7;
    private static final int LIMIT = 80;
    private static final String KEY = "API key";
    private static final String JAVA = ProcessHandle.current().info().command().orElseThrow();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path app;

    @TempDir
    Path data;

    @TempDir
    Path otherData;

    /** A process, and how it is asked. */
    private record Node(Process process, Api api) {}

    private final Semaphore steps = new Semaphore(0);
    private final Set<String> consumed = ConcurrentHashMap.newKeySet();
    private final List<Process> processes = new ArrayList<>();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private volatile CountDownLatch up = new CountDownLatch(0);
    /** Whom the clients ask in turn. */
    private volatile List<Node> nodes = List.of();
    private int port;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void nothingAcknowledgedIsLostOrCountedTwice() throws Exception {
        port = freePort();
        unpack();
        Node first = start();
        prepare(first.api());
        Node second = start(freePort(), Map.of("HEADROOM_DATA", otherData.toString(), "DATABASE_URL", databaseUrl()), first.api().credential());
        whatIsBoughtOnOneNodeCountsOnTheOther(first.api(), second.api());
        assertThat(entitlement(second.api(), "acme", "events").at("/degraded").asBoolean()).isFalse();
        nodes = List.of(first, second);
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            first = crash(clients, first, second.api());
        }

        assertThat(used("events")).isEqualTo((long) CLIENTS * STEPS * BATCH);
        assertThat(consumed).as("as many as the limit, of more that were asked for").hasSize(LIMIT);
        assertThat(used("jobs")).isEqualTo(LIMIT);
        assertThat(used("people")).isEqualTo(PEOPLE);
        JsonNode seconds = entitlement(first.api(), "acme", "seconds");
        assertThat(seconds.at("/used").asLong()).as("half of what was held back").isEqualTo((long) CLIENTS * STEPS);
        assertThat(seconds.at("/reserved").asLong()).isZero();
        stop(first.process());
        assertThat(rebuild()).contains("everything agrees");
    }

    /** The first node as it is afterwards. */
    private Node crash(ExecutorService clients, Node first, Api second) throws Exception {
        try {
            List<Future<?>> all = new ArrayList<>();
            IntStream.range(0, CLIENTS).forEach(client -> all.add(clients.submit(() -> run(client))));

            steps.acquire(CLIENTS * STEPS / 3);
            up = new CountDownLatch(1);
            first.process().destroyForcibly().waitFor();
            Node again = start();
            nodes = List.of(again);
            up.countDown();
            until(() -> entitlement(second, "acme", "events").at("/degraded").asBoolean());

            steps.acquire(CLIENTS * STEPS / 3);
            breakDatabase();
            for (Future<?> each : all) {
                each.get();
            }
            return again;
        } finally {
            running.set(false);
        }
    }

    /** A token makes it known at once, and a broadcast, or a second, without one. */
    private static void whatIsBoughtOnOneNodeCountsOnTheOther(Api here, Api there) {
        assertThat(entitlement(there, "beta", "jobs").at("/allowed").asBoolean()).isFalse();
        Map<String, Object> input = Map.of("idempotencyKey", "beta-starts", "account", "beta", "plan", "crash");
        String token = here.ask("mutation ($input: StartSubscriptionInput!) { startSubscription(input: $input) { ... on SubscriptionStarted { consistencyToken } } }",
                "input", input).text("/startSubscription/consistencyToken");

        assertThat(there.ask("query ($token: String) { entitlement(account: \"beta\", feature: \"jobs\", consistencyToken: $token) { allowed } }", "token", token)
                .at("/entitlement/allowed").asBoolean()).isTrue();
        until(() -> entitlement(there, "beta", "jobs").at("/allowed").asBoolean());
    }

    /** Each step until it is acknowledged, under the same ids: the one who asks cannot know what became of an answer that never came. */
    private Void run(int client) throws InterruptedException {
        for (int step = 0; step < STEPS; step++) {
            int turn = client + step;
            String id = client + "-" + step;
            untilAcknowledged(() -> record(asked(turn), id));
            untilAcknowledged(() -> stream(asked(turn), id, "person " + turn % PEOPLE));
            untilAcknowledged(() -> consume(asked(turn), id));
            untilAcknowledged(() -> holdAndUseHalf(asked(turn), id));
            steps.release();
        }
        return null;
    }

    private Api asked(int turn) {
        List<Node> now = nodes;
        return now.get(turn % now.size()).api();
    }

    private static void record(Api api, String id) {
        List<Map<String, Object>> events = IntStream.range(0, BATCH)
                .mapToObj(i -> Map.<String, Object>of("id", id + "-" + i, "account", "acme", "meter", "events")).toList();
        assertThat(api.ask("mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { outcomes { __typename } } }", "input", Map.of("events", events))
                .at("/recordUsage/outcomes").findValuesAsString("__typename")).hasSize(BATCH).doesNotContain("UsageRejected");
    }

    /** The pipe's last line counts what came before it: without it nobody knows. */
    private static void stream(Api api, String id, String person) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api.url() + "/v1/usage"))
                .header("Authorization", "Bearer " + api.credential()).header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"id": "p-%s", "account": "acme", "meter": "people", "properties": {"person": "%s"}}
                        """.formatted(id, person)))
                .build();
        try {
            assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body()).contains("\"done\"").doesNotContain("rejected");
        } catch (IOException noAnswer) {
            throw new IllegalStateException(noAnswer);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void consume(Api api, String id) {
        if (api.ask("mutation ($input: ConsumeInput!) { consume(input: $input) { __typename } }", "input",
                Map.of("idempotencyKey", id, "account", "acme", "feature", "jobs")).text("/consume/__typename").equals("Consumed")) {
            consumed.add(id);
        }
    }

    private static void holdAndUseHalf(Api api, String id) {
        String reservation = api.ask("mutation ($input: ReserveInput!) { reserve(input: $input) { ... on Reserved { reservation { id } } } }", "input",
                Map.of("idempotencyKey", "r-" + id, "account", "acme", "feature", "seconds", "quantity", 2)).text("/reserve/reservation/id");
        assertThat(api.ask("mutation ($input: CommitReservationInput!) { commitReservation(input: $input) { __typename } }", "input",
                Map.of("reservation", reservation, "quantity", 1)).text("/commitReservation/__typename")).isEqualTo("ReservationCommitted");
    }

    private void untilAcknowledged(Runnable ask) throws InterruptedException {
        boolean acknowledged = false;
        while (!acknowledged && running.get()) {
            try {
                ask.run();
                acknowledged = true;
            } catch (IllegalStateException | AssertionError noAnswer) {
                up.await();
            }
        }
    }

    private static void until(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static void prepare(Api api) {
        Map<String, Object> people = Map.of("key", "people", "name", "people", "kind", "METER", "reset", "BILLING_PERIOD", "meter", Map.of("aggregation", "UNIQUE", "property", "person"));
        create(api, "createProduct", Map.of("key", "crash", "name", "Crash", "features", Stream.concat(Stream.of(people), Stream.of("events", "jobs", "seconds")
                .map(key -> Map.of("key", key, "name", key, "kind", "METER", "reset", "BILLING_PERIOD"))).toList()));
        create(api, "createPlan", Map.of("product", "crash", "key", "crash", "name", "Crash", "rank", 1,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 0)), "entitlements",
                List.of(Map.of("feature", "events"), Map.of("feature", "people"), Map.of("feature", "seconds"), Map.of("feature", "jobs", "included", LIMIT))));
        for (String key : List.of("acme", "beta")) {
            create(api, "createAccount", Map.of("idempotencyKey", key, "key", key, "name", key, "email", "a@example.com", "currency", "USD"));
        }
        create(api, "startSubscription", Map.of("account", "acme", "plan", "crash"));
    }

    private static void create(Api api, String mutation, Map<String, Object> input) {
        Map<String, Object> keyed = new HashMap<>(input);
        keyed.putIfAbsent("idempotencyKey", mutation);
        String type = Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1);
        api.ask("mutation ($input: %sInput!) { %s(input: $input) { __typename } }".formatted(type, mutation), "input", keyed).at("/" + mutation);
    }

    /** Asked again while the node has not found its database yet, as its answer says. */
    private static JsonNode entitlement(Api api, String account, String feature) {
        Api.Answer answer = asked(api, account, feature);
        while (answer.body().at("/errors/0/extensions/code").asString("").equals("DATABASE_UNAVAILABLE")) {
            answer = asked(api, account, feature);
        }
        return answer.at("/entitlement");
    }

    private static Api.Answer asked(Api api, String account, String feature) {
        return api.ask("query ($account: String!, $feature: String!) { entitlement(account: $account, feature: $feature) { allowed used reserved degraded } }",
                "account", account, "feature", feature);
    }

    private long used(String feature) {
        return entitlement(nodes.getFirst().api(), "acme", feature).at("/used").asLong();
    }

    private Node start() throws IOException {
        return start(port, Map.of("HEADROOM_DATA", data.toString()), null);
    }

    /**
     * As the launcher starts it, but compiled only once, for it does not live long; there when it says with which key to ask.
     *
     * @param known the key, where another node has told it
     */
    private Node start(int at, Map<String, String> more, String known) throws IOException {
        Process headroom = java(Map.of("HEADROOM_PORT", String.valueOf(at), "HEADROOM_DEMO", "false"), more);
        BufferedReader output = headroom.inputReader();
        String secret = output.lines().filter(line -> line.contains(KEY)).findFirst()
                .map(line -> line.substring(line.indexOf(KEY) + KEY.length()).strip()).orElseThrow();
        Thread.startVirtualThread(() -> output.lines().forEach(_ -> {}));
        return new Node(headroom, new Api("http://localhost:" + at, known == null ? secret : known));
    }

    /** As the launcher and the image do: classes in a jar within a jar are read under locks over which virtual threads may wait for each other for ever. */
    private void unpack() throws IOException, InterruptedException {
        Process extracting = new ProcessBuilder(
                JAVA, "-Djarmode=tools", "-jar", "target/headroom.jar", "extract", "--force", "--destination", app.toString()).inheritIO().start();
        assertThat(extracting.waitFor()).isZero();
    }

    private Process java(Map<String, String> environment, Map<String, String> more, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                Stream.of(JAVA, "@build/jvm.options", "-XX:TieredStopAtLevel=1", "-jar", app.resolve("headroom.jar").toString()),
                Stream.of(arguments)).toList()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().putAll(more);
        Process started = builder.start();
        processes.add(started);
        return started;
    }

    /** What the operator's command says. */
    private String rebuild() throws IOException {
        return java(Map.of("HEADROOM_DEMO", "false"), Map.of("HEADROOM_DATA", data.toString()), "rebuild-usage").inputReader().lines().collect(Collectors.joining("\n"));
    }

    /** One of its processes dies: PostgreSQL then ends all the others, recovers from its log, and begins again. */
    private void breakDatabase() throws IOException {
        ProcessHandle.of(Long.parseLong(postmaster().getFirst())).orElseThrow().children().findFirst().orElseThrow().destroyForcibly();
    }

    private String databaseUrl() throws IOException {
        String password = Files.readString(data.resolve("postgres/password"), StandardCharsets.UTF_8).strip();
        return "postgres://headroom:" + password + "@127.0.0.1:" + postmaster().get(3) + "/postgres";
    }

    /** Its process, folder, start and port, in lines. */
    private List<String> postmaster() throws IOException {
        return Files.readAllLines(data.resolve("postgres/data/postmaster.pid"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Process process : processes.reversed()) {
            stop(process);
        }
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
