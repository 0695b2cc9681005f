package dev.headroom.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Story;
import dev.headroom.console.ConsoleTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was used past limits, on the page of its account. */
class OverageTableTest extends ConsoleTest {

    private Story story;
    private String account = "";

    @BeforeEach
    void aCustomerThatPaysForEachCallPastALimit() {
        story = stories.begin();
        account = story.account("ada");
        story.card(account, "pm_card_visa");
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }", "input",
                Map.of("idempotencyKey", story.key("api"), "key", story.key("api"), "name", "API", "features", List.of(
                        Map.of("key", story.key("api-calls"), "name", "API calls", "unit", "call", "kind", "METER", "reset", "BILLING_PERIOD"))))
                .at("/createProduct/product");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input",
                Map.of("idempotencyKey", story.key("basic"), "product", story.key("api"), "key", story.key("basic"), "name", "Basic", "rank", 1,
                        "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 19_900)),
                        "entitlements", List.of(Map.of("feature", story.key("api-calls"), "included", 10_000, "policy", "OVERAGE",
                                "overage", List.of(Map.of("currency", "USD", "unitMinor", "5")))))).at("/createPlan/version");
        story.start(account, Map.of("plan", story.key("basic"))).at("/startSubscription/subscription");
    }

    @Test
    void whatWasUsedPastTheLimitIsListedAndComesOnTopOfTheNextInvoice() {
        use(10_000);
        stories.overages().sweep();
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).doesNotContain("Use past limits");

        use(2_345);
        stories.overages().sweep();
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).contains("plus $117.25 so far for API calls")
                .containsSubsequence("Use past limits", "2,345", "$0.05", "$117.25", "All of it", "It comes on top of the next invoice");
    }

    private void use(long units) {
        story.backend().ask("mutation ($input: ConsumeInput!) { consume(input: $input) { ... on Consumed { entitlement { used } } } }", "input",
                Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", account, "feature", story.key("api-calls"), "quantity", units))
                .at("/consume/entitlement");
    }
}
