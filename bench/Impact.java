import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the next version of a plan would do to everybody who has it: how long it takes to say so, what of the processors, and how much more memory.
 * The subscriptions are put into the database past Headroom; everything else goes over HTTP.
 */
public final class Impact {

    private static final int RUNS = 3;
    private static final int LISTS = 20;
    private static final double TICKS = 100;
    private static final String SUBSCRIBERS = """
            create temp table subscriber as select n, gen_random_uuid() as account, gen_random_uuid() as id, gen_random_uuid() as item,
              case when n %% 5 = 0 then 'EUR' else 'USD' end as currency, case when n %% 4 = 0 then 'YEAR' else 'MONTH' end as "interval", 1 + n %% 40 as seats
              from generate_series(1, %1$d) n;
            insert into account.account (id, key, name, email, currency, zone, created_at)
              select account, 'bench-impact-' || n, 'Bench ' || n, 'bench@example.com', currency, 'UTC', now() - interval '1 year' from subscriber;
            insert into subscription.subscription (account_id, id, product_id, stripe_id, state, currency, interval, billing_mode, anchor, period_from, period_until, balance_minor,
                started_at, version, revision, committed_until)
              select account, id, (select id from catalog.product where key = 'bench-impact'), 'sub_bench' || n, case when n %% 50 = 0 then 'TRIALING' else 'ACTIVE' end, currency, "interval",
                'FLEXIBLE', now() - interval '10 days', now() - interval '10 days', now() + interval '20 days', 0, now() - interval '1 year', 1, 1,
                case when n %% 33 = 0 then now() + interval '90 days' end
              from subscriber;
            insert into subscription.item (account_id, subscription_id, id, stripe_id, plan_version_id, price_id, quantity, position, carries_plan)
              select s.account, s.id, s.item, 'si_bench' || s.n, v.id, p.id, s.seats, 0, true
              from subscriber s
              join catalog.plan_version v on v.plan_id = (select id from catalog.plan where key = 'bench-impact')
              join catalog.price p on p.plan_version_id = v.id and p.currency = s.currency and p.interval = s."interval";
            insert into subscription.discount (account_id, subscription_id, stripe_id, name, percent, once, since, position)
              select account, id, 'di_bench' || n, 'Bench', 20, false, now() - interval '1 year', 0 from subscriber where n %% 10 = 0;
            insert into usage.counter (account_id, grain, feature_id, grp, period_from, period_until, used, last_at)
              select account, 'PERIOD', (select id from catalog.feature where key = 'bench-impact-calls'), '', now() - interval '10 days', now() + interval '20 days', n %% 1000, now()
              from subscriber;
            analyze account.account; analyze subscription.subscription; analyze subscription.item; analyze subscription.discount; analyze usage.counter""";
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private Impact() {}

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int port = Integer.parseInt(arguments[0]);
        int many = Integer.parseInt(arguments[2]);
        Path java = Path.of("/proc", arguments[3]);
        long postmaster = Long.parseLong(arguments[4]);
        try (Wire wire = new Wire(port)) {
            sell(wire);
            fill(arguments[1], many);
            System.out.printf("%n| %,d subscriptions | seconds | of the processors, Java | PostgreSQL | MB resident more |%n|---|---|---|---|---|%n", many);
            String last = "";
            for (int run = 1; run <= RUNS; run++) {
                last = measure(wire, "run " + run, 1_500 + run, java, postmaster);
            }
            lists(wire, last, many);
            reach(wire, many, java);
        }
    }

    private static void sell(Wire wire) throws IOException {
        ask(wire, "mutation { createProduct(input: {idempotencyKey: \"bench-impact\", key: \"bench-impact\", name: \"Bench\", features: ["
                + "{key: \"bench-impact-seats\", name: \"Seats\", kind: ALLOWANCE, unit: \"seat\", seats: true}, "
                + "{key: \"bench-impact-calls\", name: \"Calls\", kind: METER, unit: \"call\", reset: BILLING_PERIOD}]}) { __typename } }");
        ask(wire, "mutation { createPlan(input: {idempotencyKey: \"bench-impact\", product: \"bench-impact\", key: \"bench-impact\", name: \"Bench\", rank: 1, "
                + content("1000", 1_000) + "}) { __typename } }");
    }

    private static String content(String seat, int calls) {
        return "prices: [{interval: MONTH, currency: \"USD\", perSeat: \"" + seat + "\"}, {interval: YEAR, currency: \"USD\", perSeat: \"" + seat + "0\"}, "
                + "{interval: MONTH, currency: \"EUR\", perSeat: \"" + seat + "\"}, {interval: YEAR, currency: \"EUR\", perSeat: \"" + seat + "0\"}], "
                + "entitlements: [{feature: \"bench-impact-seats\", included: 0}, {feature: \"bench-impact-calls\", included: " + calls + "}]";
    }

    private static void fill(String jdbc, int many) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc, "headroom", System.getenv("BENCH_PASSWORD")); Statement statement = connection.createStatement()) {
            statement.execute(SUBSCRIBERS.formatted(many));
        }
    }

    private static String measure(Wire wire, String name, int seat, Path java, long postmaster) throws IOException, InterruptedException {
        long memory = resident(java);
        double ours = processor(java);
        double theirs = processorBelow(postmaster);
        long begin = System.nanoTime();
        Matcher id = ID.matcher(ask(wire, "mutation { previewImpact(input: {idempotencyKey: \"" + UUID.randomUUID() + "\", plan: \"bench-impact\", " + content(String.valueOf(seat), 500)
                + "}) { ... on ImpactStarted { impact { id } } } }"));
        if (!id.find()) {
            throw new IllegalStateException("Nothing was started");
        }
        long most = memory;
        String answer;
        do {
            Thread.sleep(100);
            answer = ask(wire, "{ impact(id: \"" + id.group(1) + "\") { state done total } }");
            most = Math.max(most, resident(java));
        } while (answer.contains("RUNNING"));
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (!answer.contains("DONE")) {
            throw new IllegalStateException(answer);
        }
        System.out.printf("| %s | %.1f | %.1f s | %.1f s | %d |%n", name, seconds, processor(java) - ours, processorBelow(postmaster) - theirs, most - memory);
        return id.group(1);
    }

    private static void lists(Wire wire, String id, int many) throws IOException {
        System.out.printf("%n| first page of 50, of %,d lines | p50 ms |%n|---|---|%n", many);
        for (String kind : new String[] {"", "kind: RISES, ", "kind: OVER_LIMIT, ", "kind: CANNOT_MOVE, "}) {
            double[] millis = new double[LISTS];
            for (int i = 0; i < LISTS; i++) {
                long begin = System.nanoTime();
                ask(wire, "{ impact(id: \"" + id + "\") { totals { accounts } lines(" + kind + "first: 50) { edges { node { account { key } difference { amountMinor } } } } } }");
                millis[i] = (System.nanoTime() - begin) / 1e6;
            }
            java.util.Arrays.sort(millis);
            System.out.printf("| %s | %.1f |%n", kind.isEmpty() ? "all" : kind.replaceAll("kind: |, ", ""), millis[LISTS / 2]);
        }
    }

    /** Whom an offer concerns, with the sums, the first lines and the file of all of them; then the same without the file. */
    private static void reach(Wire wire, int many, Path java) throws IOException {
        System.out.printf("%n| whom an offer concerns, of %,d | seconds | MB resident more |%n|---|---|---|%n", many);
        String offer = "{idempotencyKey: \"reach\", product: \"bench-impact\", key: \"bench-reach\", name: \"Reach\", percentOff: \"10\", duration: FOREVER, "
                + "from: \"2020-01-01T00:00:00Z\", until: \"2090-01-01T00:00:00Z\"}";
        for (String read : new String[] {"totals { accounts } lines { how } csv", "totals { accounts } lines { how }", "totals { accounts } lines { how }"}) {
            long memory = resident(java);
            long begin = System.nanoTime();
            ask(wire, "{ offerReach(input: " + offer + ") { " + read + " } }");
            System.out.printf("| %s | %.1f | %d |%n", read.contains("csv") ? "with its file" : "without", (System.nanoTime() - begin) / 1e9, resident(java) - memory);
        }
    }

    private static String ask(Wire wire, String query) throws IOException {
        String answer = wire.ask("/graphql", "application/json", "{\"query\": \"" + query.replace("\"", "\\\"") + "\"}");
        if (answer.contains("\"errors\"")) {
            throw new IllegalStateException(query + " answered " + answer);
        }
        return answer;
    }

    private static long resident(Path process) throws IOException {
        try (Stream<String> lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum() / 1024;
        }
    }

    /** Seconds of the processors, in the program and for it. */
    private static double processor(Path process) throws IOException {
        String[] fields = stat(process);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    /** Of all that PostgreSQL's first process has begun, those that have ended among them. */
    private static double processorBelow(long postmaster) throws IOException {
        double sum = Long.parseLong(stat(Path.of("/proc", String.valueOf(postmaster)))[13]) / TICKS;
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.filter(each -> each.getFileName().toString().matches("\\d+")).toList()) {
                try {
                    sum += stat(process)[1].equals(String.valueOf(postmaster)) ? processor(process) : 0;
                } catch (IOException ended) {
                    // Between listing it and looking at it.
                }
            }
        }
        return sum;
    }

    /** What stands behind the name, which may have spaces: state, parent, and so on. */
    private static String[] stat(Path process) throws IOException {
        String text = Files.readString(process.resolve("stat"));
        return text.substring(text.lastIndexOf(')') + 2).split(" ");
    }
}
