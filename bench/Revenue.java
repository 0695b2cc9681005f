import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * How long the figures of revenue take with a long ledger, each beside the hand-written SQL over its movements that gives the same digits. The movements are put into the
 * database past Headroom, ten for each account over five years, and their totals as the job would have made them; the figures are asked for over HTTP.
 */
public final class Revenue {

    private static final int ROUNDS = 7;
    private static final String FILL = """
            insert into account.account (id, key, name, email, currency, zone, created_at)
              select md5('bench-revenue-' || n)::uuid, 'bench-revenue-' || n, 'Bench ' || n, 'bench@bench.example', 'GBP', 'UTC', '2021-01-01' from generate_series(1, %1$d) n;
            insert into revenue.account select md5('bench-revenue-' || n)::uuid from generate_series(1, %1$d) n;
            create temp table step as
              select n, k, md5('bench-revenue-' || n)::uuid as account, (date '2021-01-01' + make_interval(months => n %% 48 + (k * (59 - n %% 48) - abs(hashint8(n::bigint * 17 + k)) %% (59 - n %% 48)) / 10))::date as month,
                case when k %% 5 = 4 and n %% 7 = 0 then 0 else 1000 + abs(hashint8(n::bigint * 31 + k)) %% 100000 end::bigint as closing
              from generate_series(1, %1$d) n, generate_series(1, 10) k;
            create temp table moved as
              select *, coalesce(lag(closing) over one, 0) as opening, min(month) over one as cohort from step window one as (partition by n order by k);
            update moved set closing = closing + 1 where closing = opening;
            create temp table linked as
              select n, k, account, month, cohort, closing, coalesce(lag(closing) over (partition by n order by k), 0) as opening from moved;
            insert into revenue.movement (account_id, currency, number, id, subscription_id, product_id, kind, opening_minor, amount_minor, closing_minor, effective_at, recorded_at,
                month, cohort, since, source, cause, plan_version_after)
              select account, 'GBP', k, gen_random_uuid(), account, (array(select id from catalog.product order by id limit 2))[case when n %% 10 = 0 and k %% 3 = 0 then 2 else 1 end],
                case when k = 1 then 'NEW' when opening = 0 then 'REACTIVATION' when closing = 0 then 'CHURN' when closing < opening then 'CONTRACTION'
                  else (array['UPSELL', 'CROSS_SELL', 'SEAT_EXPANSION', 'PRICE_INCREASE', 'DISCOUNT_END'])[1 + n %% 5] end,
                opening, closing - opening, closing, month, month, month, cohort,
                max(month) filter (where opening = 0) over (partition by n order by k), gen_random_uuid(), 'bench', (select id from catalog.plan_version order by id limit 1)
              from linked order by n, k;
            insert into revenue.balance
              select account_id, currency, number, closing_minor * 12, closing_minor, month, cohort, case when closing_minor > 0 then since end from revenue.movement where currency = 'GBP' and number = 10;
            insert into revenue.account_month (account_id, currency, month, until, mrr_minor, since)
              select account_id, currency, month, coalesce(lead(month) over (partition by account_id order by number), '9999-12-31'), closing_minor, case when closing_minor > 0 then since end
              from (select distinct on (account_id, month) * from revenue.movement where currency = 'GBP' order by account_id, month, number desc) last_;
            insert into revenue.total
              select month, currency, cohort, since, kind, product_id, sum(amount_minor), count(*), sum((closing_minor > 0)::int - (opening_minor > 0)::int)
              from revenue.movement where currency = 'GBP' group by 1, 2, 3, 4, 5, 6""";
    private static final String BY_MOVEMENTS = """
            select m, (select sum(amount_minor) from revenue.movement where currency = 'GBP' and month <= m - interval '12 months'),
              (select sum(amount_minor) from revenue.movement where currency = 'GBP' and month > m - interval '12 months' and month <= m and since <= m - interval '12 months' and kind <> 'PRICE_INCREASE')
            from generate_series(date '2025-01-01', date '%s', interval '1 month') m""";
    private static final String BY_ACCOUNTS = """
            select m, (select sum(start_) || ' ' || sum(least(start_, end_)) from (
                select sum(amount_minor) filter (where month <= m - interval '12 months') start_, sum(amount_minor) end_
                from revenue.movement where currency = 'GBP' and month <= m group by account_id) a where start_ > 0)
            from generate_series(date '2025-01-01', date '%s', interval '1 month') m""";

    private static final String COHORTS_BY_ACCOUNTS = """
            select cohort, month, sum(kept - was) from (
              select cohort, month, kept, lag(kept, 1, 0::bigint) over (partition by account_id order by month) was from (
                select account_id, cohort, month, least(mrr_minor, first_value(mrr_minor) over (partition by account_id order by month)) kept
                from (select distinct on (account_id, month) account_id, cohort, month, closing_minor mrr_minor from revenue.movement where currency = 'GBP' order by account_id, month, number desc) a) b) c
            group by 1, 2""";

    private Revenue() {}

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int accounts = Integer.parseInt(arguments[2]) / 10;
        try (Connection connection = DriverManager.getConnection(arguments[1], "headroom", System.getenv("BENCH_PASSWORD")); Statement statement = connection.createStatement()) {
            fill(statement, accounts);
            figures(statement, Integer.parseInt(arguments[0]), accounts);
        }
    }

    /** As the database would have it that has been there for a while. */
    private static void fill(Statement statement, int accounts) throws SQLException {
        statement.execute(FILL.formatted(accounts));
        for (String table : new String[] {"revenue.movement", "revenue.total", "revenue.account_month", "revenue.balance", "account.account"}) {
            statement.execute("vacuum analyze " + table);
        }
    }

    private static void figures(Statement statement, int port, int accounts) throws Exception {
        try (Wire wire = new Wire(port)) {
            pages(wire, accounts);
            System.out.printf("%n| %,d movements of %,d accounts | ms, the median of %d | by hand, ms | ratio |%n|---|---|---|---|%n", accounts * 10, accounts, ROUNDS);
            String year = "from: \\\"2025-01\\\", until: \\\"2026-01\\\"";
            told("NRR and GRR by movements, 12 points", () -> retention(wire, "MOVEMENTS", year), () -> query(statement, BY_MOVEMENTS.formatted("2025-12-01")));
            told("one point of it", () -> retention(wire, "MOVEMENTS", "from: \\\"2025-01\\\", until: \\\"2025-02\\\""), () -> query(statement, BY_MOVEMENTS.formatted("2025-01-01")));
            told("account by account, one point, not kept", () -> {
                statement.execute("delete from revenue.retained");
                return retention(wire, "ACCOUNTS", "from: \\\"2025-01\\\", until: \\\"2025-02\\\"");
            }, () -> query(statement, BY_ACCOUNTS.formatted("2025-01-01")));
            told("account by account, 12 points, kept", () -> retention(wire, "ACCOUNTS", year), () -> query(statement, BY_ACCOUNTS.formatted("2025-12-01")));
            told("waterfall of 12 months", () -> ask(wire, "{ revenueMonths(currency: \\\"GBP\\\", " + year + ") { month opening { amountMinor } closing { amountMinor } movements { kind amount { amountMinor } } } }"),
                    () -> query(statement, "select month, kind, sum(amount_minor) from revenue.movement where currency = 'GBP' group by 1, 2"));
            String cohorts = "from: \\\"2021-01\\\", until: \\\"2026-01\\\", months: 60";
            told("cohorts of five years, 1,830 cells", () -> cohorts(wire, "MOVEMENTS", cohorts), () -> query(statement, "select cohort, month, sum(amount_minor) from revenue.movement where currency = 'GBP' group by 1, 2"));
            told("the same with gross account by account", () -> cohorts(wire, "ACCOUNTS", cohorts), () -> query(statement, COHORTS_BY_ACCOUNTS));
            told("twelve months by size", () -> ask(wire, "{ revenueSegments(currency: \\\"GBP\\\", by: SIZE, " + year + ") { key closing { amountMinor } retention { netPoints } } }"),
                    () -> query(statement, "select month, kind, sum(amount_minor) from revenue.movement where currency = 'GBP' group by 1, 2"));
            told("the first page of a month's contractions", () -> ask(wire, "{ revenueMovements(filter: {currency: \\\"GBP\\\", from: \\\"2025-03\\\", until: \\\"2025-04\\\", kinds: [CONTRACTION]}, first: 50) { edges { node { id } } } }"),
                    () -> query(statement, "select * from revenue.movement where currency = 'GBP' and month = '2025-03-01' and kind = 'CONTRACTION' order by effective_at desc limit 50"));
        }
    }

    /** What pages ask, in the order in which somebody opens them; the first time nothing of it was asked before. */
    private static void pages(Wire wire, int accounts) throws Exception {
        System.out.printf("%n| what a page asks, %,d accounts | ms, first | the median of %d after that |%n|---|---|---|%n", accounts, ROUNDS);
        String year = "from: \\\"2025-01\\\", until: \\\"2026-01\\\"";
        String months = "months: revenueMonths(currency: \\\"GBP\\\", from: \\\"2024-01\\\", until: \\\"2026-01\\\") { month opening { amountMinor } closing { amountMinor } openingAccounts closingAccounts movements { kind movements amount { amountMinor } } } ";
        String points = "(currency: \\\"GBP\\\", months: 12, from: \\\"2025-01\\\", until: \\\"2026-01\\\") { netPoints grossPoints start { amountMinor } end { amountMinor } kept { amountMinor } } ";
        String one = "(currency: \\\"GBP\\\", months: 12, from: \\\"%1$s-12\\\", until: \\\"%2$s-01\\\") { netPoints grossPoints movements { kind amount { amountMinor } } } ";
        String heat = "cohorts: revenueCohorts(currency: \\\"GBP\\\", definition: %s, from: \\\"2021-01\\\", until: \\\"2026-01\\\", months: 60) { month cells { age mrr { amountMinor } netPoints grossPoints accounts } }";
        page("NRR: two years of months, 12 points, two ranges, 60 cohorts with 1,830 cells", () -> ask(wire, "{ " + months + "points: revenueRetention" + points + "now: revenueRetention" + one.formatted("2025", "2026") + "before: revenueRetention" + one.formatted("2024", "2025")
                + heat.formatted("MOVEMENTS") + " }"));
        page("growth: every figure of a year", () -> ask(wire, "{ revenueMetrics(currency: \\\"GBP\\\", " + year + ") { kind value numerator { count money { amountMinor } } denominator { count money { amountMinor } } } }"));
        page("what if", () -> ask(wire, "{ revenueProjection(currency: \\\"GBP\\\") { standing netPoints months { closing { amountMinor } low { amountMinor } } } }"));
        page("the first 50 of who paid at the start, with the sum of all", () -> ask(wire, "{ revenueRetained(filter: {currency: \\\"GBP\\\", " + year + "}, first: 50) { sum { accounts kept { amountMinor } } edges { node { account { name } kept { amountMinor } } } } }"));
        page("the first 50 who pay", () -> accounts(wire, "month: \\\"2025-12\\\""));
        page("the first 50 who pay for several products", () -> accounts(wire, "month: \\\"2025-12\\\", severalProducts: true"));
        for (String by : new String[] {"PRODUCT", "COHORT", "SIZE", "COUNTRY"}) {
            page("a year by " + by.toLowerCase(Locale.ROOT), () -> ask(wire, "{ revenueSegments(currency: \\\"GBP\\\", by: " + by + ", " + year + ") { key closing { amountMinor } retention { netPoints } months { closing { amountMinor } } } }"));
        }
        page("cohorts with gross account by account", () -> ask(wire, "{ " + heat.formatted("ACCOUNTS") + " }"));
        page("the whole file of who paid at the start", () -> file(wire, "/v1/revenue/retained.csv?currency=GBP&from=2025-01&until=2026-01"));
        page("the whole file of who pays", () -> file(wire, "/v1/revenue/accounts.csv?currency=GBP&month=2025-12"));
        page("the whole file of who pays for several products", () -> file(wire, "/v1/revenue/accounts.csv?currency=GBP&month=2025-12&severalProducts=true"));
    }

    private static String accounts(Wire wire, String filter) throws IOException {
        return ask(wire, "{ revenueAccounts(filter: {currency: \\\"GBP\\\", " + filter + "}, first: 50) { edges { node { account { name } mrr { amountMinor } } } } }");
    }

    private static String file(Wire wire, String path) throws IOException {
        String answer = wire.ask(path, "text/csv", "");
        if (!answer.startsWith("account,name")) {
            throw new IllegalStateException(path + " answered " + answer);
        }
        return answer;
    }

    private static void page(String what, Callable<String> ours) throws Exception {
        double first = millis(ours);
        double[] after = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            after[i] = millis(ours);
        }
        Arrays.sort(after);
        System.out.printf("| %s | %,.0f | %,.0f |%n", what, first, after[ROUNDS / 2]);
    }

    private static String retention(Wire wire, String definition, String range) throws IOException {
        return ask(wire, "{ revenueRetention(currency: \\\"GBP\\\", definition: " + definition + ", " + range + ") { until start { amountMinor } end { amountMinor } kept { amountMinor } netPoints grossPoints } }");
    }

    private static String cohorts(Wire wire, String definition, String range) throws IOException {
        return ask(wire, "{ revenueCohorts(currency: \\\"GBP\\\", definition: " + definition + ", " + range + ") { month cells { age mrr { amountMinor } netPoints grossPoints accounts } } }");
    }

    /** One after the other, so that what the machine does meanwhile falls upon both. */
    private static void told(String what, Callable<String> ours, Callable<String> byHand) throws Exception {
        double[] one = new double[ROUNDS];
        double[] other = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            one[i] = millis(ours);
            other[i] = millis(byHand);
        }
        Arrays.sort(one);
        Arrays.sort(other);
        System.out.printf("| %s | %.1f | %.1f | %.3f |%n", what, one[ROUNDS / 2], other[ROUNDS / 2], one[ROUNDS / 2] / other[ROUNDS / 2]);
    }

    private static double millis(Callable<String> work) throws Exception {
        long begin = System.nanoTime();
        work.call();
        return (System.nanoTime() - begin) / 1e6;
    }

    private static String query(Statement statement, String sql) throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.append(found.getString(2)).append('\n');
            }
        }
        return rows.toString();
    }

    private static String ask(Wire wire, String query) throws IOException {
        String answer = wire.ask("/graphql", "application/json", "{\"query\": \"" + query + "\"}");
        if (answer.contains("\"errors\"")) {
            throw new IllegalStateException(query + " answered " + answer);
        }
        return answer;
    }
}
