package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.InvoiceLineItem;
import com.stripe.param.InvoiceListParams;
import dev.headroom.HeadroomTest;
import dev.headroom.Mortality;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.stripe.StripeConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What Stripe is told in the end is what counts, to the unit, whatever goes wrong on the way and whoever works beside. */
@HeadroomTest
class OverageFaultsTest {

    private static final Duration LEASE_OVER = Duration.ofMinutes(3);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    StripeConnection connection;

    @Autowired
    DSLContext db;

    @Autowired
    Mortality mortality;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccountOnBasic() {
        story = stories.begin();
        acme = story.account("acme");
        story.card(acme, "pm_card_visa");
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }", "input",
                Map.of("idempotencyKey", story.key("api"), "key", story.key("api"), "name", "API", "features", List.of(
                        Map.of("key", story.key("api-calls"), "name", "API calls", "unit", "call", "kind", "METER", "reset", "BILLING_PERIOD"))))
                .at("/createProduct/product");
        story.crediting("api");
        plan("basic", 1, 100, "5");
        plan("growth", 2, 250, "4.5");
        story.start(acme, Map.of("plan", story.key("basic"))).at("/startSubscription/subscription");
    }

    @ParameterizedTest
    @CsvSource({
        "POST /v1/billing/meter_events, server_error, before", "POST /v1/billing/meter_events, server_error, after",
        "POST /v1/billing/meter_events, connection_reset, after", "POST /v1/billing/meter_events, rate_limit, before",
        "POST /v1/subscription_items, server_error, after", "POST /v1/subscription_items, connection_reset, before"})
    void isBilledOnceWhateverStripeAnswers(String operation, String kind, String when) throws Exception {
        use(107);
        fault(operation, kind, when, 6);
        stories.overages().sweep();
        heal();
        untilSettled();
        renew();
        assertThat(billed()).containsExactly(Map.entry("5", 7L));
    }

    @Test
    void isBilledOnceWhenSeveralNodesLookAtOnce() throws Exception {
        try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 5; round++) {
                use(round == 0 ? 103 : 3);
                List<Future<?>> sweeps = new ArrayList<>();
                for (int node = 0; node < 4; node++) {
                    sweeps.add(nodes.submit(() -> stories.overages().sweep()));
                }
                for (Future<?> sweep : sweeps) {
                    sweep.get();
                }
                stories.clock().advance(Duration.ofSeconds(30));
            }
        }
        untilSettled();
        renew();
        assertThat(billed()).containsExactly(Map.entry("5", 15L));
    }

    @Test
    void isBilledOnceWhereverAWorkerDies() throws Exception {
        int deaths = 0;
        for (int statements = 0; statements == deaths; statements++) {
            use(statements == 0 ? 103 : 3);
            if (statements % 3 == 2) {
                reverseLatest();
            }
            deaths += dies(statements) ? 1 : 0;
            stories.pass(LEASE_OVER);
        }
        assertThat(deaths).as("as many as a sweep has statements").isGreaterThan(15);
        untilSettled();
        renew();
        long used = 100 + 3L * (deaths + 1) - (deaths + 1) / 3;
        assertThat(billed()).containsExactly(Map.entry("5", used - 100));
    }

    /** Before the statement that follows so many. */
    private boolean dies(int statements) {
        try {
            mortality.dyingAfter(statements, () -> {
                stories.overages().sweep();
                return true;
            });
            return false;
        } catch (Mortality.Death died) {
            return true;
        }
    }

    private void reverseLatest() {
        db.execute("update usage.counter set used = used - 1, revision = revision + 1 where grain = 'PERIOD' and account_id = ?",
                accounts.meant(new Actor.System("test"), acme).id().value());
        stories.pass(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatNobodyKnowsAfterADayIsLookedUp(boolean arrived) throws Exception {
        use(107);
        fault("POST /v1/billing/meter_events", "server_error", arrived ? "after" : "before", 1000);
        stories.overages().sweep();
        heal();
        stories.pass(Duration.ofHours(25));
        untilSettled();
        renew();
        assertThat(billed()).containsExactly(Map.entry("5", 7L));
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "25, 3", "1, 7", "25, 7"})
    void whatIsReversedIsNotBilled(int hoursLater, long units) throws Exception {
        use(107);
        stories.overages().sweep();
        stories.pass(Duration.ofHours(hoursLater));
        reverse(units);
        untilSettled();
        renew();
        assertThat(billed()).isEqualTo(units == 7 ? Map.of() : Map.of("5", 7 - units));
        assertThat(stripe.v1().customers().retrieve(customer()).getBalance()).isZero();
    }

    @Test
    void whatIsReversedAfterItWasBilledIsCredited() throws Exception {
        use(107);
        stories.overages().sweep();
        renew();
        db.execute("update usage.counter set used = used - 3, revision = revision + 1 where used = 107 and grain = 'PERIOD'");
        untilSettled();
        assertThat(stripe.v1().customers().retrieve(customer()).getBalance()).isEqualTo(-15);
        use(110);
        untilSettled();
        renew();
        assertThat(billed()).containsExactly(Map.entry("5", 17L));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsBilledIsWhatAListOfAllUnitsSays(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Oracle oracle = new Oracle();
        for (int step = 0; step < 14; step++) {
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    long units = 1 + random.nextInt(90);
                    use(units);
                    oracle.use(units);
                }
                case 3 -> fault("POST /v1/billing/meter_events", random.nextBoolean() ? "server_error" : "connection_reset", random.nextBoolean() ? "before" : "after", 2);
                case 4 -> stories.pass(Duration.ofHours(1 + random.nextInt(40)));
                case 5 -> {
                    look(oracle);
                    oracle.plan = oracle.plan.equals("basic") ? "growth" : "basic";
                    story.accept(story.token(acme, Map.of("plan", story.key(oracle.plan), "when", "NOW"))).at("/changePlan/change");
                }
            }
            look(oracle);
            stories.clock().advance(Duration.ofMinutes(random.nextInt(90)));
            if (oracle.renewedBy(periodFrom())) {
                look(oracle);
            }
        }
        heal();
        untilSettled();
        renew();
        assertThat(billed()).isEqualTo(oracle.charged);
    }

    /** What everybody has used in the period, unit by unit, and what each was judged to cost when somebody looked. */
    private final class Oracle {

        private String plan = "basic";
        private String judgedBy = "basic";
        private long judged;
        private long used;
        private Instant period = periodFrom();
        private final Map<String, Long> charged = new TreeMap<>();

        void use(long units) {
            used += units;
        }

        void look() {
            for (long unit = judged + 1; unit <= used; unit++) {
                if (unit > included(plan) && unit > included(judgedBy)) {
                    charged.merge(plan.equals("basic") ? "5" : "4.5", 1L, Long::sum);
                }
            }
            judged = used;
            judgedBy = plan;
        }

        boolean renewedBy(Instant from) {
            if (from.equals(period)) {
                return false;
            }
            period = from;
            judged = 0;
            used = 0;
            return true;
        }

        private static long included(String plan) {
            return plan.equals("basic") ? 100 : 250;
        }
    }

    private void look(Oracle oracle) {
        stories.overages().sweep();
        oracle.look();
    }

    private void untilSettled() {
        for (int i = 0; i < 12; i++) {
            stories.overages().sweep();
            stories.clock().advance(Duration.ofHours(1));
        }
    }

    private void plan(String key, int rank, int included, String unitMinor) {
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input",
                Map.of("idempotencyKey", story.key(key), "product", story.key("api"), "key", story.key(key), "name", key, "rank", rank,
                        "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 1000 * rank)),
                        "entitlements", List.of(Map.of("feature", story.key("api-calls"), "included", included, "policy", "OVERAGE",
                                "overage", List.of(Map.of("currency", "USD", "unitMinor", unitMinor)))))).at("/createPlan/version");
    }

    private void use(long units) {
        story.backend().ask("mutation ($input: ConsumeInput!) { consume(input: $input) { ... on Consumed { entitlement { used } } } }", "input",
                Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "feature", story.key("api-calls"), "quantity", units)).at("/consume/entitlement");
    }

    /** As a backfill that is reversed leaves the total. */
    private void reverse(long units) {
        assertThat(db.execute("update usage.counter set used = used - ?, revision = revision + 1 where used = 107 and grain = 'PERIOD' and account_id = ?",
                units, accounts.meant(new Actor.System("test"), acme).id().value())).isEqualTo(1);
        stories.pass(Duration.ofSeconds(2));
    }

    private Instant periodFrom() {
        return Instant.parse(period("from"));
    }

    private String period(String end) {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { period { from until } } } }", "key", acme)
                .text("/account/subscription/period/" + end);
    }

    private void renew() {
        stories.pass(Duration.between(stories.clock().instant(), Instant.parse(period("until"))));
    }

    private void fault(String operation, String kind, String when, int times) throws IOException, InterruptedException {
        assertThat(send("POST", "operation=" + operation + "&kind=" + kind + "&when=" + when + "&times=" + times)).isEqualTo(200);
    }

    private void heal() throws IOException, InterruptedException {
        send("DELETE", "");
    }

    private int send(String verb, String body) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(stories.sandbox().url() + "/_sandbox/faults"))
                .header("Authorization", "Bearer " + connection.key()).header("Content-Type", "application/x-www-form-urlencoded")
                .method(verb, HttpRequest.BodyPublishers.ofString(body.replace(" ", "%20").replace("/", "%2F"))).build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** Units by price, of all invoices. */
    private Map<String, Long> billed() throws StripeException {
        Map<String, Long> units = new TreeMap<>();
        for (var invoice : stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).setLimit(100L).build()).autoPagingIterable()) {
            for (InvoiceLineItem line : invoice.getLines().getData()) {
                if (!Map.of("1000", 1, "2000", 1).containsKey(line.getPricing().getUnitAmountDecimal().toPlainString())) {
                    units.merge(line.getPricing().getUnitAmountDecimal().toPlainString(), line.getQuantity(), Long::sum);
                }
            }
        }
        return new HashMap<>(units).isEmpty() ? Map.of() : units;
    }

    private String customer() {
        return String.valueOf(accounts.meant(new Actor.System("test"), acme).stripeCustomer());
    }
}
