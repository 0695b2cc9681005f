import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    /** Rounds that are not counted: the JIT shares the cores with those who ask, and takes a minute or two. */
    private static final int WARMING = 6;
    private static final int LARGEST_ROUND = 4_000_000;
    private static final int ACCOUNTS = 100;
    private static final int FEATURES = 100;
    private static final int ALTERNATIVES = 100;
    /** Of what is not asked again and again. */
    private static final int TIMES = 5;

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
        questions.add(new Question("the machine itself", Integer.parseInt(System.getenv("FLOOR_PORT")), "/", "", 1));
        String peer = System.getenv("PEER_PORT");
        if (peer != null) {
            questions.add(Question.graphQl("the check by Mercurius and pg", Integer.parseInt(peer), 5,
                    "{ account(key: \"acme\") { entitlements(features: [" + FIVE + "]) { feature allowed reason limit used remaining } } }"));
            questions.add(new Question("the check by Fastify and pg, GET", Integer.parseInt(peer),
                    "/v1/accounts/acme/entitlements?features=" + FIVE.replace("\"", "").replace(" ", ""), "", 5));
        }
        return questions;
    }

    /** Seats of the plan that is sold by the seat; what has the bench's plan moves up to it. */
    private static String alternatives() {
        return IntStream.rangeClosed(1, ALTERNATIVES).mapToObj(seats -> "{plan: \"bench-seated\", seats: " + seats + "}").collect(Collectors.joining(", "));
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
        }
        for (int i = 0; i < WARMING; i++) {
            for (Question question : questions) {
                round(question, seconds, connections);
            }
        }
        for (int i = 0; i < rounds; i++) {
            for (Question question : questions) {
                measured.computeIfAbsent(question.name(), _ -> new ArrayList<>()).add(round(question, seconds, connections));
            }
        }
        double smallest = median(measured.get(questions.getFirst().name()).stream().mapToDouble(Round::perSecond).toArray());
        System.out.printf("%d connections, %d rounds of %d s each, medians%n%n| query | per second | answers a second | of __typename | p50 ms | p99 ms | p99 of p50 |%n|---|---|---|---|---|---|---|%n", connections, rounds, seconds);
        for (Question question : questions) {
            List<Round> all = measured.get(question.name());
            double perSecond = median(all.stream().mapToDouble(Round::perSecond).toArray());
            double p50 = median(all.stream().mapToDouble(Round::p50Millis).toArray());
            double p99 = median(all.stream().mapToDouble(Round::p99Millis).toArray());
            System.out.printf("| %s | %,.0f | %,.0f | %.2f | %.2f | %.2f | %.1f |%n",
                    question.name(), perSecond, perSecond * question.answers(), perSecond / smallest, p50, p99, p99 / p50);
        }
        compare(port);
    }

    /** So many at once that one answer takes longer than a round, and whoever stops waiting for it leaves the server at work: asked one after the other. */
    private static void compare(int port) throws IOException {
        String query = "{ alternatives(accounts: [" + keys("bench-account-", ACCOUNTS) + "], changes: [" + alternatives()
                + "]) { account { key } recommendations { advice reason } options { quote { __typename ... on Quote { token dueNow { amountMinor } } } } } }";
        double[] millis = new double[TIMES];
        try (Wire wire = new Wire(port)) {
            for (int i = -1; i < TIMES; i++) {
                long begin = System.nanoTime();
                String answer = wire.ask("/graphql", "application/json", "{\"query\": \"" + query.replace("\"", "\\\"") + "\"}");
                if (answer.contains("\"errors\"") || answer.contains("NotAllowed")) {
                    throw new IllegalStateException("100 alternatives for 100 accounts are answered " + answer.substring(0, 1_000));
                }
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - begin) / 1e6;
                }
            }
        }
        System.out.printf("%nA hundred alternatives for a hundred accounts in one request: %,.0f ms, the median of %d%n", median(millis), TIMES);
    }

    /** A product with a hundred meters, and a hundred accounts that have it; there already when this ran before. */
    private static void prepare(int port) throws IOException {
        try (Wire wire = new Wire(port)) {
            String features = IntStream.range(0, FEATURES)
                    .mapToObj(i -> "{key: \"bench-feature-" + i + "\", name: \"F\", kind: METER, reset: BILLING_PERIOD}").collect(Collectors.joining(", "));
            String granted = IntStream.range(0, FEATURES).mapToObj(i -> "{feature: \"bench-feature-" + i + "\", included: " + (1_000 + i) + "}").collect(Collectors.joining(", "));
            change(wire, "createProduct", "key: \"bench-many\", name: \"Bench\", features: [" + features + "]", "bench-many");
            change(wire, "createPlan", "product: \"bench-many\", key: \"bench-many\", name: \"Bench\", rank: 1, prices: [{interval: MONTH, currency: \"USD\", flat: 0}], entitlements: [" + granted + "]", "bench-many");
            change(wire, "createPlan", "product: \"bench-many\", key: \"bench-seated\", name: \"Bench by the seat\", rank: 2, prices: [{interval: MONTH, currency: \"USD\", perSeat: \"100\"}], entitlements: [" + granted + "]", "bench-seated");
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

    /**
     * One thread asks on all connections, as wrk and autocannon do: a thread for each would wait for a processor with those of the server, and
     * that wait would count as the server's. Each connection asks again as soon as it has its answer; opening one counts into its first answer.
     */
    private static Round round(Question question, int seconds, int connections) throws IOException {
        byte[] request = request(question);
        long[] nanos = new long[LARGEST_ROUND];
        int count = 0;
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        List<Asking> all = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                all.add(new Asking(selector, question.port(), request));
            }
            while (System.nanoTime() < end && count < nanos.length) {
                selector.select(100);
                for (SelectionKey ready : selector.selectedKeys()) {
                    long taken = ((Asking) ready.attachment()).read();
                    if (taken >= 0 && count < nanos.length) {
                        nanos[count++] = taken;
                    }
                }
                selector.selectedKeys().clear();
            }
            for (Asking each : all) {
                each.close();
            }
        }
        double elapsed = (System.nanoTime() - begin) / 1e9;
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Round(count / elapsed, sorted[count / 2] / 1e6, sorted[(int) (count * 0.99)] / 1e6);
    }

    /** A connection that always waits for one answer. */
    private static final class Asking {

        private final Selector selector;
        private final int port;
        private final byte[] request;
        private byte[] answer = new byte[65_536];
        private int length;
        private long asked;
        private SocketChannel channel;

        Asking(Selector selector, int port, byte[] request) throws IOException {
            this.selector = selector;
            this.port = port;
            this.request = request;
            connect();
        }

        private void connect() throws IOException {
            asked = System.nanoTime();
            channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
            ask();
        }

        private void ask() throws IOException {
            length = 0;
            ByteBuffer left = ByteBuffer.wrap(request);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }

        /** Reads what is there, and asks again if that was all of it: the nanoseconds the answer took, or less than 0. */
        long read() throws IOException {
            if (length == answer.length) {
                answer = Arrays.copyOf(answer, 2 * length);
            }
            int got = channel.read(ByteBuffer.wrap(answer, length, answer.length - length));
            if (got < 0) {
                throw new IOException("The server closed the connection");
            }
            length += got;
            if (!Wire.isWhole(answer, length)) {
                return -1;
            }
            long now = System.nanoTime();
            long taken = now - asked;
            if (Wire.isLast(answer, length)) {
                channel.close();
                connect();
            } else {
                asked = now;
                ask();
            }
            return taken;
        }

        void close() throws IOException {
            channel.close();
        }
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
