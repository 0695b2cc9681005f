import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Records and consumes over HTTP, each beside what the same PostgreSQL does for a hand-written program without any of the checks: in turn,
 * medians over the rounds. Afterwards every total is compared with what was acknowledged.
 */
public final class Usage {

    private static final int ACCOUNTS = 60;
    private static final int BATCH = 1_000;
    private static final String TABLES = """
            drop schema if exists bench cascade;
            create schema bench;
            create table bench.event (account uuid, id text, meter uuid, quantity bigint, at timestamptz, primary key (account, id));
            create table bench.counter (account uuid, meter uuid, used bigint not null, primary key (account, meter)) with (fillfactor = 70);
            create table bench.hot (id int primary key, used bigint not null) with (fillfactor = 70);
            insert into bench.hot values (1, 0)""";
    private static final String BATCH_SQL = """
            with fresh as (
              insert into bench.event select account, id, meter, quantity, now() from unnest(?::uuid[], ?::text[], ?::uuid[], ?::bigint[]) as t (account, id, meter, quantity)
              on conflict do nothing returning account, meter, quantity)
            insert into bench.counter as c select account, meter, sum(quantity)::bigint from fresh group by 1, 2 order by 1, 2
            on conflict (account, meter) do update set used = c.used + excluded.used""";

    private final int port;
    private final String jdbc;
    private final int seconds;
    private final AtomicLong numbers = new AtomicLong();
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final List<UUID> accounts = new ArrayList<>();
    private final UUID meter = UUID.randomUUID();
    private final AtomicLong acknowledged = new AtomicLong();

    private Usage(int port, String jdbc, int seconds) {
        this.port = port;
        this.jdbc = jdbc;
        this.seconds = seconds;
    }

    /** Something that is done again and again, over a connection of its own; answers how many times it did it at once. */
    private interface Work extends AutoCloseable {

        long once() throws Exception;

        @Override
        default void close() throws Exception {}
    }

    private interface Works {

        Work open() throws Exception;
    }

    private record Contest(String name, int clients, Works ours, int rivals, Works theirs, double wanted) {}

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Usage bench = new Usage(Integer.parseInt(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
        bench.prepare();
        if (arguments[3].equals("fill")) {
            bench.fill(Long.parseLong(arguments[4]), Path.of("/proc", arguments[5], "status"));
        } else {
            bench.measure(Integer.parseInt(arguments[3]));
        }
        bench.compare();
    }

    private void measure(int rounds) throws Exception {
        List<Contest> contests = List.of(
                new Contest("events in batches of 1,000, POST /v1/usage", 4, this::pipes, 2, this::batches, 0.30),
                new Contest("single events, 32 clients", 32, this::singles, 32, this::inserts, 0.40),
                new Contest("consume on one hot counter, 64 clients", 64, this::consumes, 8, this::updates, 0.50));
        System.out.printf("%d rounds of %d s each, medians%n%n| what | Headroom, a second | PostgreSQL by hand, a second | ratio | wanted |%n|---|---|---|---|---|%n", rounds, seconds);
        for (Contest contest : contests) {
            rate(contest.clients(), contest.ours());
            double[] ours = new double[rounds];
            double[] theirs = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                theirs[i] = rate(contest.rivals(), contest.theirs());
                ours[i] = rate(contest.clients(), contest.ours());
            }
            System.out.printf("| %s | %,.0f | %,.0f | %.2f | %.2f |%n", contest.name(), median(ours), median(theirs), median(ours) / median(theirs), contest.wanted());
        }
    }

    /** Records in batches without a pause until there are so many, and says for every round how fast and in how much memory. */
    private void fill(long events, Path status) throws Exception {
        System.out.printf("Rounds of %d s%n%n| events stored | a second | resident MB |%n|---|---|---|%n", seconds);
        List<Double> rates = new ArrayList<>();
        while (acknowledged.get() < events) {
            rates.add(rate(4, this::pipes));
            System.out.printf("| %,d | %,.0f | %,d |%n", acknowledged.get(), rates.getLast(), resident(status));
        }
        int some = Math.max(1, rates.size() / 4);
        double first = median(rates.subList(0, some).stream().mapToDouble(Double::doubleValue).toArray());
        double last = median(rates.subList(rates.size() - some, rates.size()).stream().mapToDouble(Double::doubleValue).toArray());
        System.out.printf("%nThe last quarter at %,.0f a second, the first at %,.0f: %.2f%n", last, first, last / first);
    }

    private static long resident(Path status) throws IOException {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum() / 1024;
        }
    }

    private double rate(int clients, Works works) throws Exception {
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        long done = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(threads.submit(() -> {
                    long own = 0;
                    try (Work work = works.open()) {
                        while (System.nanoTime() < end) {
                            own += work.once();
                        }
                    }
                    return own;
                }));
            }
            for (Future<Long> each : all) {
                done += each.get();
            }
        }
        return done / ((System.nanoTime() - begin) / 1e9);
    }

    private abstract class Asking implements Work {

        final Wire wire;

        Asking() throws Exception {
            this.wire = new Wire(port);
        }

        @Override
        public void close() throws Exception {
            wire.close();
        }
    }

    private Work pipes() throws Exception {
        return new Asking() {
            @Override
            public long once() throws Exception {
                StringBuilder lines = new StringBuilder();
                for (int i = 0; i < BATCH; i++) {
                    lines.append(event(numbers.getAndIncrement())).append('\n');
                }
                expect(wire.ask("/v1/usage", "application/x-ndjson", lines.toString()), "{\"done\":{\"recorded\":1000}}");
                acknowledged.addAndGet(BATCH);
                return BATCH;
            }
        };
    }

    private Work singles() throws Exception {
        return new Asking() {
            @Override
            public long once() throws Exception {
                long number = numbers.getAndIncrement();
                String input = "{\"events\": [" + event(number) + "]}";
                expect(wire.ask("/graphql", "application/json",
                        "{\"query\": \"mutation ($i: RecordUsageInput!) { recordUsage(input: $i) { recorded } }\", \"variables\": {\"i\": " + input + "}}"), "\"recorded\":1");
                acknowledged.incrementAndGet();
                return 1;
            }
        };
    }

    private Work consumes() throws Exception {
        return new Asking() {
            @Override
            public long once() throws Exception {
                String input = "{\"idempotencyKey\": \"" + run + "-" + numbers.getAndIncrement() + "\", \"account\": \"" + account(0) + "\", \"feature\": \"" + feature() + "\"}";
                expect(wire.ask("/graphql", "application/json",
                        "{\"query\": \"mutation ($i: ConsumeInput!) { consume(input: $i) { __typename } }\", \"variables\": {\"i\": " + input + "}}"), "Consumed");
                acknowledged.incrementAndGet();
                return 1;
            }
        };
    }

    private static void expect(String answer, String wanted) {
        if (!answer.contains(wanted)) {
            throw new IllegalStateException("Answered " + answer.substring(0, Math.min(500, answer.length())));
        }
    }

    private abstract class Writing implements Work {

        final Connection connection;

        Writing() throws SQLException {
            this.connection = DriverManager.getConnection(jdbc, "headroom", System.getenv("BENCH_PASSWORD"));
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private Work batches() throws Exception {
        return new Writing() {
            private final PreparedStatement statement = connection.prepareStatement(BATCH_SQL);

            @Override
            public long once() throws SQLException {
                UUID[] whose = new UUID[BATCH];
                String[] ids = new String[BATCH];
                UUID[] meters = new UUID[BATCH];
                Long[] quantities = new Long[BATCH];
                for (int i = 0; i < BATCH; i++) {
                    long number = numbers.getAndIncrement();
                    whose[i] = accounts.get((int) (number % ACCOUNTS));
                    ids[i] = run + "-" + number;
                    meters[i] = meter;
                    quantities[i] = 1L;
                }
                statement.setArray(1, connection.createArrayOf("uuid", whose));
                statement.setArray(2, connection.createArrayOf("text", ids));
                statement.setArray(3, connection.createArrayOf("uuid", meters));
                statement.setArray(4, connection.createArrayOf("int8", quantities));
                statement.execute();
                return BATCH;
            }
        };
    }

    private Work inserts() throws Exception {
        Writing work = new Writing() {
            private final PreparedStatement insert = connection.prepareStatement("insert into bench.event values (?, ?, ?, 1, now()) on conflict do nothing");
            private final PreparedStatement count = connection.prepareStatement(
                    "insert into bench.counter as c values (?, ?, 1) on conflict (account, meter) do update set used = c.used + excluded.used");

            @Override
            public long once() throws SQLException {
                long number = numbers.getAndIncrement();
                UUID account = accounts.get((int) (number % ACCOUNTS));
                insert.setObject(1, account);
                insert.setString(2, run + "-" + number);
                insert.setObject(3, meter);
                insert.execute();
                count.setObject(1, account);
                count.setObject(2, meter);
                count.execute();
                connection.commit();
                return 1;
            }
        };
        work.connection.setAutoCommit(false);
        return work;
    }

    private Work updates() throws Exception {
        return new Writing() {
            private final PreparedStatement update = connection.prepareStatement("update bench.hot set used = used + 1 where id = 1");

            @Override
            public long once() throws SQLException {
                return update.executeUpdate();
            }
        };
    }

    private String account(long number) {
        return "bench-" + run + "-" + number % ACCOUNTS;
    }

    private String feature() {
        return "bench-calls-" + run;
    }

    private String event(long number) {
        return "{\"id\": \"" + run + "-" + number + "\", \"account\": \"" + account(number) + "\", \"meter\": \"" + feature() + "\", \"quantity\": 1}";
    }

    /** A product with one meter and a hard limit that is never reached, and accounts that have it. */
    private void prepare() throws Exception {
        try (Connection connection = DriverManager.getConnection(jdbc, "headroom", System.getenv("BENCH_PASSWORD")); Statement statement = connection.createStatement(); Wire wire = new Wire(port)) {
            statement.execute(TABLES);
            String product = "bench-" + run;
            change(wire, "createProduct", "{idempotencyKey: \"%s\", key: \"%s\", name: \"Bench\", features: [{key: \"%s\", name: \"Calls\", kind: METER, unit: \"call\", reset: BILLING_PERIOD}]}"
                    .formatted(product, product, feature()));
            change(wire, "createPlan", "{idempotencyKey: \"%s\", product: \"%s\", key: \"%s\", name: \"Bench\", rank: 1, prices: [{interval: MONTH, currency: \"USD\", flat: 0}], entitlements: [{feature: \"%s\", included: 1000000000000}]}"
                    .formatted(product, product, product, feature()));
            for (int i = 0; i < ACCOUNTS; i++) {
                accounts.add(UUID.randomUUID());
                change(wire, "createAccount", "{idempotencyKey: \"%s\", key: \"%s\", name: \"Bench\", email: \"bench@example.com\", currency: \"USD\"}".formatted(account(i), account(i)));
                change(wire, "startSubscription", "{idempotencyKey: \"%s\", account: \"%s\", plan: \"%s\"}".formatted(account(i), account(i), product));
            }
        }
    }

    private static void change(Wire wire, String mutation, String input) throws Exception {
        String query = "mutation { " + mutation + "(input: " + input + ") { __typename } }";
        String answer = wire.ask("/graphql", "application/json", "{\"query\": \"" + query.replace("\"", "\\\"") + "\"}");
        if (answer.contains("\"errors\"")) {
            throw new IllegalStateException(query + " answered " + answer);
        }
    }

    private void compare() throws Exception {
        try (Connection connection = DriverManager.getConnection(jdbc, "headroom", System.getenv("BENCH_PASSWORD")); Statement statement = connection.createStatement()) {
            long events = number(statement, "select count(*) from usage.event e join catalog.feature f on f.id = e.feature_id where f.key = '" + feature() + "'");
            long used = number(statement, "select sum(c.used) from usage.counter c join catalog.feature f on f.id = c.feature_id where c.grain = 'PERIOD' and f.key = '" + feature() + "'");
            System.out.printf("%nAcknowledged %,d events; stored %,d, counted %,d%n", acknowledged.get(), events, used);
            if (events != acknowledged.get() || used != acknowledged.get()) {
                throw new IllegalStateException("These are not the same");
            }
            statement.execute("drop schema bench cascade");
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
