package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerBalanceTransactionCreateParams;
import com.stripe.param.InvoiceListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Interjection;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a customer has in its favour is the customer's: whichever subscription it came from, the next invoice of any takes it off. */
@HeadroomTest
class BalanceStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Interjection interjection;

    @Autowired
    StripeWireCheck wire;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccountWithTwoSubscriptions() {
        story = stories.begin();
        story.backend().ask("""
                mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }""",
                "input", Map.of("idempotencyKey", story.key("desk-product"), "key", story.key("desk"), "name", "Desk", "features", List.of(
                        Map.of("key", story.key("agents"), "name", "Agents", "kind", "ALLOWANCE", "unit", "agent", "seats", true)))).at("/createProduct");
        story.backend().ask("""
                mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }""",
                "input", Map.of("idempotencyKey", story.key("desk-plan"), "product", story.key("desk"), "key", story.key("agent"), "name", "Agent",
                        "rank", 1, "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "perSeat", "9000")),
                        "entitlements", List.of(Map.of("feature", story.key("agents"), "included", 0)))).at("/createPlan/version");
        acme = story.subscribed("acme", "team", 5);
        story.start(acme, Map.of("plan", story.key("agent"), "seats", 2)).at("/startSubscription/subscription/id");
        story.halfway(acme);
    }

    @Test
    void aCreditOfOneSubscriptionIsTakenOffTheNextInvoiceOfTheOther() {
        Api.Answer less = story.accept(story.token(acme, Map.of("plan", story.key("team"), "seats", 3, "when", "NOW")));
        assertThat(less.text("/changePlan/change/state")).isEqualTo("APPLIED");

        Api.Answer quote = story.quote(story.backend(), acme, Map.of("product", story.key("desk"), "seats", 4));
        assertThat(due(quote)).isPositive().isLessThan(quote.at("/account/quote/total/amountMinor").asLong());

        Api.Answer more = story.accept(quote.text("/account/quote/token"));
        assertThat(more.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(more.at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(due(quote));
        assertThat(balances()).containsExactly(0L, 0L);
    }

    @Test
    void aBalanceThatNobodyHasToldOfMakesAQuoteStaleAndTheFreshOneRight() throws StripeException {
        Api.Answer quote = story.quote(story.backend(), acme, Map.of("plan", story.key("team"), "seats", 7));
        creditedInTheDashboard(700);

        Api.Answer stale = story.accept(quote.text("/account/quote/token"));

        assertThat(stale.text("/changePlan/why")).isEqualTo("AMOUNT_CHANGED");
        assertThat(stale.at("/changePlan/freshQuote/dueNow/amountMinor").asLong()).isEqualTo(due(quote) - 700);
        assertThat(balances()).containsExactly(-700L, -700L);
        assertThat(story.accept(stale.text("/changePlan/freshQuote/token")).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void aCreditThatTwoChangesCountOnIsSpentOnce() throws StripeException {
        creditedInTheDashboard(700);
        stories.settle();
        Api.Answer team = story.quote(story.backend(), acme, Map.of("plan", story.key("team"), "seats", 7));
        Api.Answer desk = story.quote(story.backend(), acme, Map.of("product", story.key("desk"), "seats", 4));
        AtomicReference<Api.Answer> meanwhile = new AtomicReference<>();
        interjection.after("update \"change\".\"plan_change\" set \"attempt\"", () -> meanwhile.set(
                story.accept(story.backend(), desk.text("/account/quote/token"), story.key("desk"))));

        Api.Answer first = story.accept(team.text("/account/quote/token"));

        assertThat(interjection.happened()).isTrue();
        assertThat(first.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(first.at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(due(team));
        assertThat(meanwhile.get().text("/changePlan/__typename")).isEqualTo("ChangeInProgress");
        Api.Answer stale = story.accept(story.backend(), desk.text("/account/quote/token"), story.key("desk"));
        assertThat(stale.at("/changePlan/freshQuote/dueNow/amountMinor").asLong()).as("without the credit").isEqualTo(due(desk) + 700);
        assertThat(story.accept(stale.text("/changePlan/freshQuote/token")).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void aCreditThatTwoStartsCountOnIsSpentOnce() throws StripeException {
        acme = story.account("beta");
        story.card(acme, "pm_card_visa");
        creditedInTheDashboard(700);
        String team = startQuote(Map.of("plan", story.key("team"), "seats", 5));
        String desk = startQuote(Map.of("plan", story.key("agent")));

        assertThat(begun(team, () -> assertThat(started(desk).text("/startSubscription/__typename")).isEqualTo("StartInProgress")))
                .isEqualTo(12_500 - 700);
        assertThat(started(desk).at("/startSubscription/freshQuote/dueNow/amountMinor").asLong()).as("without the credit").isEqualTo(9_000);
    }

    @Test
    void whatAChangeIsChargedOutOfTheBalanceNoStartSpendsBeside() throws StripeException {
        acme = story.subscribed("beta", "team", 5);
        story.halfway(acme);
        creditedInTheDashboard(700);
        stories.settle();
        Api.Answer more = story.quote(story.backend(), acme, Map.of("seats", 7));
        String desk = startQuote(Map.of("plan", story.key("agent")));

        AtomicReference<Api.Answer> meanwhile = new AtomicReference<>();
        try (StripeWireCheck.Trouble charging = wire.before("POST /v1/subscriptions/.*", () -> meanwhile.set(started(desk)))) {
            assertThat(story.accept(more.text("/account/quote/token")).at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(due(more));
        }
        assertThat(meanwhile.get().text("/startSubscription/__typename")).isEqualTo("StartInProgress");
        assertThat(started(desk).at("/startSubscription/freshQuote/dueNow/amountMinor").asLong()).as("without the credit").isEqualTo(9_000);
    }

    /** What its invoice takes from the card, while something else happens before Stripe hears of it. */
    private long begun(String token, Runnable meanwhile) throws StripeException {
        AtomicBoolean happened = new AtomicBoolean();
        try (StripeWireCheck.Trouble beginning = wire.before("POST /v1/subscriptions", () -> {
            if (happened.compareAndSet(false, true)) {
                meanwhile.run();
            }
        })) {
            assertThat(started(token).text("/startSubscription/__typename")).isEqualTo("SubscriptionStarted");
        }
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).build()).getData().getFirst().getAmountPaid();
    }

    private String startQuote(Map<String, Object> wanted) {
        return story.backend().ask(
                "query ($key: String, $start: StartInput!) { account(key: $key) { startQuote(start: $start) { ... on StartQuote { token } } } }",
                "key", acme, "start", wanted).text("/account/startQuote/token");
    }

    private Api.Answer started(String token) {
        return story.backend().ask("""
                mutation ($input: StartSubscriptionInput!) { startSubscription(input: $input) { __typename
                  ... on StartQuoteIsStale { why freshQuote { ... on StartQuote { dueNow { amountMinor } } } } } }""",
                "input", Map.of("quoteToken", token, "idempotencyKey", UUID.randomUUID().toString()));
    }

    @Test
    void aBalanceChangedInTheDashboardIsFollowed() throws StripeException {
        creditedInTheDashboard(700);
        stories.settle();

        assertThat(balances()).containsExactly(-700L, -700L);
        Api.Answer quote = story.quote(story.backend(), acme, Map.of("product", story.key("desk"), "seats", 4));
        assertThat(due(quote)).isEqualTo(quote.at("/account/quote/total/amountMinor").asLong() - 700);
        assertThat(story.accept(quote.text("/account/quote/token")).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void aSecondAttemptChargesNoMoreThanWasPromisedEither() throws StripeException {
        creditedInTheDashboard(700);
        stories.settle();
        Api.Answer quote = story.quote(story.backend(), acme, Map.of("plan", story.key("team"), "seats", 7));
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscriptions/.*", 503, "api_error")) {
            assertThat(story.accept(quote.text("/account/quote/token")).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }
        creditedInTheDashboard(-700);
        stories.pass(Duration.ofMinutes(3));

        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { planChanges { state failureCode } } }", "key", acme).at("/account/planChanges").toString())
                .isEqualTo("[{\"state\":\"REFUSED\",\"failureCode\":\"amount_differs\"}]");
        assertThat(stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).build()).getData()).hasSize(2);
    }

    private void creditedInTheDashboard(long amount) throws StripeException {
        stripe.v1().customers().balanceTransactions().create(
                customer(),
                CustomerBalanceTransactionCreateParams.builder().setAmount(-amount).setCurrency("usd").build());
    }

    private String customer() {
        return String.valueOf(accounts.meant(new Actor.System("test"), acme).stripeCustomer());
    }

    private static long due(Api.Answer quote) {
        return quote.at("/account/quote/dueNow/amountMinor").asLong();
    }

    private List<Long> balances() {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscriptions { balance { amountMinor } } } }", "key", acme)
                .at("/account/subscriptions").valueStream().map(each -> each.at("/balance/amountMinor").asLong()).toList();
    }
}
