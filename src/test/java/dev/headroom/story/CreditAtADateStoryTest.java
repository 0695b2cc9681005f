package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.CustomerBalanceTransactionCreateParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What a date is promised for counts on the customer's credit as far as nothing else that is billed until then can spend it. */
@HeadroomTest
class CreditAtADateStoryTest {

    private static final long CREDIT = 20_000;
    private static final long RENEWAL = 18_000;

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    private Story story;
    private DateDesk desk;

    @BeforeEach
    void anAccountOfAVendorWithTwoProducts() {
        story = stories.begin();
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("rooms-product"), "key", story.key("rooms"), "name", "Rooms", "features", List.of(
                        Map.of("key", story.key("tables"), "name", "Tables", "kind", "ALLOWANCE", "unit", "table", "seats", true)))).at("/createProduct");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", story.key("rooms-plan"), "product", story.key("rooms"), "key", story.key("room"), "name", "Room", "rank", 1,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "perSeat", "9000")),
                "entitlements", List.of(Map.of("feature", story.key("tables"), "included", 0)))).at("/createPlan/version");
        desk = new DateDesk(story, stripe, accounts, subscriptions, story.account("acme"));
        desk.card("pm_card_visa");
    }

    @Test
    void whatAnotherSubscriptionIsBilledBeforeIsNotPaidTwiceByOneCredit() throws StripeException {
        start("room", 2);
        stories.pass(Duration.ofDays(10));
        start("team", 5);
        credited();
        Instant date = stories.clock().instant().plus(Duration.ofDays(24));
        JsonNode quote = desk.quote(ofSuite(Map.of("plan", story.key("pro"), "seats", 40, "at", date.toString())));
        long total = quote.at("/total/amountMinor").asLong();
        assertThat(DateDesk.due(quote)).as("as if there was no credit").isEqualTo(total).isGreaterThan(CREDIT);
        assertThat(desk.scheduled(quote)).isTrue();

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED");
        Invoice billed = desk.invoices().getFirst();
        assertThat(billed.getTotal()).isEqualTo(total);
        assertThat(billed.getAmountPaid()).as("what the renewal has left of the credit pays too").isEqualTo(total - (CREDIT - RENEWAL));
    }

    @Test
    void creditThatNothingElseIsBilledBeforePaysAsQuoted() throws StripeException {
        start("team", 5);
        stories.pass(Duration.ofDays(2));
        start("room", 2);
        credited();
        Instant date = stories.clock().instant().plus(Duration.ofDays(10));
        JsonNode quote = desk.quote(ofSuite(Map.of("plan", story.key("pro"), "seats", 40, "at", date.toString())));
        assertThat(DateDesk.due(quote)).isEqualTo(quote.at("/total/amountMinor").asLong() - CREDIT).isPositive();
        assertThat(desk.scheduled(quote)).isTrue();

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED");
        assertThat(desk.invoices().getFirst().getAmountPaid()).isEqualTo(DateDesk.due(quote));
    }

    @Test
    void whoSpendsTheCreditOnSomethingElseIsToldSo() throws StripeException {
        start("team", 5);
        stories.pass(Duration.ofDays(2));
        start("room", 2);
        credited();
        Instant date = stories.clock().instant().plus(Duration.ofDays(10));
        assertThat(desk.scheduled(desk.quote(ofSuite(Map.of("plan", story.key("pro"), "seats", 40, "at", date.toString()))))).isTrue();
        Api.Answer spent = desk.accepted(Map.of("product", story.key("rooms"), "seats", 4));
        assertThat(spent.text("/changePlan/__typename")).isEqualTo("PlanChanged");
        int invoices = desk.invoices().size();

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED", "REFUSED");
        assertThat(desk.changes().at("/1/failureCode").asString()).isEqualTo("credit_spent");
        assertThat(desk.changes().at("/1/failureMessage").asString()).contains("spent on something else");
        assertThat(desk.invoices()).as("nothing is billed").hasSize(invoices);
    }

    private void start(String plan, long seats) {
        story.start(desk.account(), Map.of("plan", story.key(plan), "seats", seats)).at("/startSubscription/subscription/id");
    }

    private void credited() throws StripeException {
        stripe.v1().customers().balanceTransactions().create(
                desk.customer(), CustomerBalanceTransactionCreateParams.builder().setAmount(-CREDIT).setCurrency("usd").build());
        stories.settle();
    }

    private Map<String, Object> ofSuite(Map<String, Object> change) {
        Map<String, Object> named = new HashMap<>(change);
        named.put("product", story.key("suite"));
        return named;
    }
}
