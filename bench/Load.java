import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sends questions in turn over connections that stay open, and prints each one's throughput, latency and ratio to the
 * smallest: medians over the rounds, so that a machine that is slow for a moment is slow for all of them.
 */
public final class Load {

    /**
     * What is asked again and again.
     *
     * @param body    of a POST; empty asks with GET
     * @param answers how many things one answer says
     */
    private record Question(String name, int port, String path, String body, int answers) {

        static Question graphQl(String name, int port, int answers, String query) {
            return new Question(name, port, "/graphql", "{\"query\": \"" + query.replace("\"", "\\\"") + "\"}", answers);
        }
    }

    private record Round(double perSecond, double p50Millis, double p99Millis) {}

    private static final String FIVE = "\"launches\", \"seats\", \"analytics\", \"sso\", \"audit-log\"";
    private static final int ACCOUNTS = 100;
    private static final int FEATURES = 100;

    private static List<Question> questions(int port) {
        List<Question> questions = new ArrayList<>(List.of(
                Question.graphQl("{ __typename }", port, 1, "{ __typename }"),
                Question.graphQl("entitlement check, 5 features", port, 5,
                        "{ account(key: \"acme\") { entitlements(features: [" + FIVE + "]) { allowed reason limit used remaining } } }"),
                new Question("the same by GET /v1/…", port, "/v1/accounts/acme/entitlements?features=" + FIVE.replace("\"", "").replace(" ", ""), "", 5),
                Question.graphQl("100 accounts × 100 features", port, ACCOUNTS * FEATURES, "{ entitlements(accounts: [" + keys("bench-account-", ACCOUNTS) + "], features: ["
                        + keys("bench-feature-", FEATURES) + "]) { account { key } entitlements { feature { key } allowed reason limit used remaining } } }"),
                Question.graphQl("quote of an upgrade", port, 1,
                        "{ account(key: \"acme\") { quote(change: {plan: \"launchpad-pro\"}) { __typename ... on Quote { token expiresAt dueNow { amountMinor } lines { description amount { amountMinor } } recurring { after { amountMinor } } } } } }")));
        String peer = System.getenv("PEER_PORT");
        if (peer != null) {
            questions.add(Question.graphQl("the check by Mercurius and pg", Integer.parseInt(peer), 5,
                    "{ account(key: \"acme\") { entitlements(features: [" + FIVE + "]) { feature allowed reason limit used remaining } } }"));
            questions.add(new Question("the check by Fastify and pg, GET", Integer.parseInt(peer),
                    "/v1/accounts/acme/entitlements?features=" + FIVE.replace("\"", "").replace(" ", ""), "", 5));
        }
        return questions;
    }

    private static String keys(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"" + prefix + i + "\"").collect(Collectors.joining(", "));
    }

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        int connections = Integer.parseInt(arguments[3]);
        prepare(port);
        List<Question> questions = questions(port);
        Map<String, List<Round>> measured = new TreeMap<>();
        for (Question question : questions) {
            check(question);
            round(question, seconds, connections);
        }
        for (int i = 0; i < rounds; i++) {
            for (Question question : questions) {
                measured.computeIfAbsent(question.name(), _ -> new ArrayList<>()).add(round(question, seconds, connections));
            }
        }
        double smallest = median(measured.get(questions.getFirst().name()).stream().mapToDouble(Round::perSecond).toArray());
        System.out.printf("%d connections, %d rounds of %d s each, medians%n%n| query | per second | answers a second | of __typename | p50 ms | p99 ms |%n|---|---|---|---|---|---|%n", connections, rounds, seconds);
        for (Question question : questions) {
            List<Round> all = measured.get(question.name());
            double perSecond = median(all.stream().mapToDouble(Round::perSecond).toArray());
            System.out.printf("| %s | %,.0f | %,.0f | %.2f | %.2f | %.2f |%n", question.name(), perSecond, perSecond * question.answers(), perSecond / smallest,
                    median(all.stream().mapToDouble(Round::p50Millis).toArray()), median(all.stream().mapToDouble(Round::p99Millis).toArray()));
        }
    }

    /** A product with a hundred meters, and a hundred accounts that have it; there already when this ran before. */
    private static void prepare(int port) throws IOException {
        try (Wire wire = new Wire(port)) {
            String features = IntStream.range(0, FEATURES)
                    .mapToObj(i -> "{key: \"bench-feature-" + i + "\", name: \"F\", kind: METER, reset: BILLING_PERIOD}").collect(Collectors.joining(", "));
            String granted = IntStream.range(0, FEATURES).mapToObj(i -> "{feature: \"bench-feature-" + i + "\", included: " + (1_000 + i) + "}").collect(Collectors.joining(", "));
            change(wire, "createProduct", "key: \"bench-many\", name: \"Bench\", features: [" + features + "]", "bench-many");
            change(wire, "createPlan", "product: \"bench-many\", key: \"bench-many\", name: \"Bench\", rank: 1, prices: [{interval: MONTH, currency: \"USD\", flat: 0}], entitlements: [" + granted + "]", "bench-many");
            for (int i = 0; i < ACCOUNTS; i++) {
                change(wire, "createAccount", "key: \"bench-account-" + i + "\", name: \"Bench\", email: \"bench@example.com\", currency: \"USD\"", "bench-" + i);
                change(wire, "startSubscription", "account: \"bench-account-" + i + "\", plan: \"bench-many\"", "bench-" + i);
            }
        }
    }

    private static void change(Wire wire, String mutation, String input, String idempotencyKey) throws IOException {
        String query = "mutation { " + mutation + "(input: {idempotencyKey: \"" + idempotencyKey + "\", " + input + "}) { __typename } }";
        String answer = wire.ask("/graphql", "application/json", "{\"query\": \"" + query.replace("\"", "\\\"") + "\"}");
        if (answer.contains("\"errors\"")) {
            throw new IllegalStateException(query + " answered " + answer);
        }
    }

    /** A benchmark of errors would look very good. */
    private static void check(Question question) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", question.port())) {
            socket.getOutputStream().write(request(question));
            String answer = new String(Wire.answer(new BufferedInputStream(socket.getInputStream())).body(), StandardCharsets.UTF_8);
            if (answer.contains("\"errors\"") || answer.contains("NotAllowed")) {
                throw new IllegalStateException(question.name() + " answers " + answer);
            }
        }
    }

    private static Round round(Question question, int seconds, int connections) throws Exception {
        byte[] request = request(question);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Callable<long[]>> clients = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            clients.add(() -> client(question.port(), request, end));
        }
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> each : threads.invokeAll(clients)) {
                all.add(each.get());
            }
            long[] nanos = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            double elapsed = (System.nanoTime() - begin) / 1e9;
            return new Round(nanos.length / elapsed, nanos[nanos.length / 2] / 1e6, nanos[(int) (nanos.length * 0.99)] / 1e6);
        }
    }

    private static long[] client(int port, byte[] request, long end) throws IOException {
        long[] nanos = new long[1_000_000];
        int count = 0;
        while (System.nanoTime() < end && count < nanos.length) {
            count = connection(port, request, end, nanos, count);
        }
        return Arrays.copyOf(nanos, count);
    }

    /** Asks over one connection until the server closes it or time is up; opening it counts into the first answer. */
    private static int connection(int port, byte[] request, long end, long[] nanos, int from) throws IOException {
        int count = from;
        long now = System.nanoTime();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 32_768);
            boolean last = false;
            while (!last && now < end && count < nanos.length) {
                out.write(request);
                last = Wire.answer(in).last();
                long after = System.nanoTime();
                nanos[count++] = after - now;
                now = after;
            }
        }
        return count;
    }

    private static byte[] request(Question question) {
        return Wire.request(question.port(), question.path(), "application/json", question.body());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
