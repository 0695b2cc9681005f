import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Whole changes of seats, each a quote and its acceptance over HTTP: previewed, charged and read back at the sandbox, whose webhooks come in
 * meanwhile. Every client has accounts of its own, as customers have.
 */
public final class Changes {

    /** So many that none is changed more often than Stripe lets a subscription be invoiced, ten times a minute. */
    private static final int ACCOUNTS_EACH = 200;
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Pattern AMOUNT = Pattern.compile("\"amountMinor\":(-?\\d+)");

    private static final String QUOTE = "query Quote($account: String!, $seats: Long!) "
            + "{ account(key: $account) { quote(change: {seats: $seats, when: NOW}) { __typename ... on Quote { token dueNow { amountMinor } } } } }";
    private static final String CHANGE = "mutation Change($input: ChangePlanInput!) "
            + "{ changePlan(input: $input) { __typename ... on PlanChanged { change { state charged { amountMinor } } } } }";

    private record Round(double perSecond, double p50Millis, double p99Millis) {}

    private Changes() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        int clients = Integer.parseInt(arguments[3]);
        prepare(port, clients);
        long[] seats = new long[clients * ACCOUNTS_EACH];
        Arrays.fill(seats, 5);
        int[] turns = new int[clients];
        List<Round> measured = new ArrayList<>();
        for (int i = -Math.ceilDiv(30, seconds); i < rounds; i++) {
            Round round = round(port, seconds, clients, seats, turns);
            if (i >= 0) {
                measured.add(round);
            }
        }
        System.out.printf("%n| whole changes, %d clients | a second | p50 ms | p99 ms |%n|---|---|---|---|%n| quoted, previewed, charged, read back | %,.0f | %.1f | %.1f |%n", clients,
                median(measured.stream().mapToDouble(Round::perSecond).toArray()), median(measured.stream().mapToDouble(Round::p50Millis).toArray()),
                median(measured.stream().mapToDouble(Round::p99Millis).toArray()));
    }

    private static void prepare(int port, int clients) throws IOException {
        try (Wire wire = new Wire(port)) {
            command(wire, "createProduct", "bench-changes", "key: \"bench-changes\", name: \"Bench\", features: [{key: \"bench-changes-seats\", name: \"Seats\", kind: ALLOWANCE, unit: \"seat\", seats: true}]");
            // Seats go to and fro here, for which the guard would keep credit back.
            ask(wire, "mutation { setCreditGuard(input: {product: \"bench-changes\", days: 0, measure: WAITS}) { __typename } }");
            command(wire, "createPlan", "bench-changes", "product: \"bench-changes\", key: \"bench-changes\", name: \"Bench\", rank: 1, "
                    + "prices: [{interval: MONTH, currency: \"USD\", perSeat: \"2500\"}], entitlements: [{feature: \"bench-changes-seats\", included: 0}]");
            for (int i = 0; i < clients * ACCOUNTS_EACH; i++) {
                command(wire, "createAccount", account(i), "key: \"" + account(i) + "\", name: \"Bench\", email: \"bench@example.com\", currency: \"USD\"");
                command(wire, "addPaymentMethod", account(i), "account: \"" + account(i) + "\", paymentMethod: \"pm_card_visa\"");
                command(wire, "startSubscription", account(i), "account: \"" + account(i) + "\", plan: \"bench-changes\", seats: 5");
            }
        }
    }

    private static String account(int number) {
        return "bench-changes-" + number;
    }

    private static void command(Wire wire, String mutation, String idempotencyKey, String input) throws IOException {
        ask(wire, "mutation { " + mutation + "(input: {idempotencyKey: \"" + idempotencyKey + "\", " + input + "}) { __typename } }");
    }

    private static String ask(Wire wire, String query) throws IOException {
        return ask(wire, query, "{}");
    }

    /** As every client does that asks again and again: the same text, with other variables. */
    private static String ask(Wire wire, String query, String variables) throws IOException {
        String answer = wire.ask("/graphql", "application/json", "{\"query\": \"" + query.replace("\"", "\\\"") + "\", \"variables\": " + variables + "}");
        if (answer.contains("\"errors\"")) {
            throw new IllegalStateException(query + " answered " + answer);
        }
        return answer;
    }

    private static Round round(int port, int seconds, int clients, long[] seats, int[] turns) throws Exception {
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        List<Long> nanos = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> all = IntStream.range(0, clients).mapToObj(client -> threads.submit(() -> changes(port, end, client, seats, turns))).toList();
            for (Future<List<Long>> each : all) {
                nanos.addAll(each.get());
            }
        }
        double elapsed = (System.nanoTime() - begin) / 1e9;
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Round(sorted.length / elapsed, sorted[sorted.length / 2] / 1e6, sorted[(int) (sorted.length * 0.99)] / 1e6);
    }

    private static List<Long> changes(int port, long end, int client, long[] seats, int[] turns) throws IOException {
        List<Long> nanos = new ArrayList<>();
        try (Wire wire = new Wire(port)) {
            while (System.nanoTime() < end) {
                int account = client * ACCOUNTS_EACH + turns[client]++ % ACCOUNTS_EACH;
                long begin = System.nanoTime();
                seats[account] = seats[account] == 5 ? 6 : 5;
                change(wire, account(account), seats[account]);
                nanos.add(System.nanoTime() - begin);
            }
        }
        return nanos;
    }

    /** Charged is what was quoted: a benchmark of refusals would look very good. */
    private static void change(Wire wire, String account, long seats) throws IOException {
        String quote = ask(wire, QUOTE, "{\"account\": \"" + account + "\", \"seats\": " + seats + "}");
        String changed = ask(wire, CHANGE, "{\"input\": {\"quoteToken\": \"" + first(TOKEN, quote) + "\", \"idempotencyKey\": \"" + System.nanoTime() + account + "\"}}");
        if (!changed.contains("\"APPLIED\"") || !first(AMOUNT, quote).equals(first(AMOUNT, changed))) {
            throw new IllegalStateException(quote + " was answered with " + changed);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException(text);
        }
        return found.group(1);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
