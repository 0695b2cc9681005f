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
 * Sends three GraphQL queries in turn over connections that stay open, and prints each one's throughput, latency and ratio to the
 * smallest: medians over the rounds, so that a machine that is slow for a moment is slow for all three.
 */
public final class Load {

    private record Question(String name, String query) {}

    /** What came back, and whether the server closes the connection behind it. */
    private record Answer(byte[] body, boolean last) {}

    private record Round(double perSecond, double p50Millis, double p99Millis) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question("{ __typename }", "{ __typename }"),
            new Question("entitlement check, 5 features", "{ account(key: \"acme\") { entitlements(features: [\"launches\", \"seats\", \"analytics\", \"sso\", \"audit-log\"]) { allowed reason limit used remaining } } }"),
            new Question("quote of an upgrade", "{ account(key: \"acme\") { quote(change: {plan: \"launchpad-pro\"}) { __typename ... on Quote { token expiresAt dueNow { amountMinor } lines { description amount { amountMinor } } recurring { after { amountMinor } } } } } }"));

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
            String answer = new String(answer(new BufferedInputStream(socket.getInputStream())).body(), StandardCharsets.UTF_8);
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
                last = answer(in).last();
                long after = System.nanoTime();
                nanos[count++] = after - now;
                now = after;
            }
        }
        return count;
    }

    private static byte[] request(int port, Question question) {
        String body = "{\"query\": \"" + question.query().replace("\"", "\\\"") + "\"}";
        return ("POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + System.getenv("BENCH_KEY")
                + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads one response, with a length or in chunks. */
    private static Answer answer(InputStream in) throws IOException {
        int length = -1;
        boolean chunked = false;
        boolean last = false;
        String status = line(in);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase();
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            last |= lower.startsWith("connection: close");
            chunked |= lower.startsWith("transfer-encoding: chunked");
        }
        if (!status.contains(" 200")) {
            throw new IOException("The server answered " + status);
        }
        return new Answer(chunked ? chunks(in) : in.readNBytes(length), last);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        byte[] body = new byte[0];
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            int before = body.length;
            body = Arrays.copyOf(body, before + size);
            in.readNBytes(body, before, size);
            line(in);
        }
        line(in);
        return body;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
