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

/**
 * Sends questions in turn over connections that stay open, and prints each one's throughput, latency and ratio to the
 * smallest: medians over the rounds, so that a machine that is slow for a moment is slow for all of them.
 */
public final class Load {

    /** @param body of a POST; empty asks with GET */
    private record Question(String name, String path, String body) {

        static Question graphQl(String name, String query) {
            return new Question(name, "/graphql", "{\"query\": \"" + query.replace("\"", "\\\"") + "\"}");
        }
    }

    private record Round(double perSecond, double p50Millis, double p99Millis) {}

    private static final String FIVE = "\"launches\", \"seats\", \"analytics\", \"sso\", \"audit-log\"";
    private static final List<Question> QUESTIONS = List.of(
            Question.graphQl("{ __typename }", "{ __typename }"),
            Question.graphQl("entitlement check, 5 features", "{ account(key: \"acme\") { entitlements(features: [" + FIVE + "]) { allowed reason limit used remaining } } }"),
            new Question("the same by GET /v1/…", "/v1/accounts/acme/entitlements?features=" + FIVE.replace("\"", "").replace(" ", ""), ""),
            Question.graphQl("quote of an upgrade", "{ account(key: \"acme\") { quote(change: {plan: \"launchpad-pro\"}) { __typename ... on Quote { token expiresAt dueNow { amountMinor } lines { description amount { amountMinor } } recurring { after { amountMinor } } } } } }"));

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        int connections = Integer.parseInt(arguments[3]);
        Map<String, List<Round>> measured = new TreeMap<>();
        for (Question question : QUESTIONS) {
            check(port, question);
            round(port, question, seconds, connections);
        }
        for (int i = 0; i < rounds; i++) {
            for (Question question : QUESTIONS) {
                measured.computeIfAbsent(question.name(), _ -> new ArrayList<>()).add(round(port, question, seconds, connections));
            }
        }
        double smallest = median(measured.get(QUESTIONS.getFirst().name()).stream().mapToDouble(Round::perSecond).toArray());
        System.out.printf("%d connections, %d rounds of %d s each, medians%n%n| query | per second | of __typename | p50 ms | p99 ms |%n|---|---|---|---|---|%n", connections, rounds, seconds);
        for (Question question : QUESTIONS) {
            List<Round> all = measured.get(question.name());
            double perSecond = median(all.stream().mapToDouble(Round::perSecond).toArray());
            System.out.printf("| %s | %,.0f | %.2f | %.2f | %.2f |%n", question.name(), perSecond, perSecond / smallest,
                    median(all.stream().mapToDouble(Round::p50Millis).toArray()), median(all.stream().mapToDouble(Round::p99Millis).toArray()));
        }
    }

    /** A benchmark of errors would look very good. */
    private static void check(int port, Question question) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request(port, question));
            String answer = new String(Wire.answer(new BufferedInputStream(socket.getInputStream())).body(), StandardCharsets.UTF_8);
            if (answer.contains("\"errors\"") || answer.contains("NotAllowed")) {
                throw new IllegalStateException(question.name() + " answers " + answer);
            }
        }
    }

    private static Round round(int port, Question question, int seconds, int connections) throws Exception {
        byte[] request = request(port, question);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Callable<long[]>> clients = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            clients.add(() -> client(port, request, end));
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

    private static byte[] request(int port, Question question) {
        return Wire.request(port, question.path(), "application/json", question.body());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
