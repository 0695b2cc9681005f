package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A subscription that ends at once gives back to the cent what was quoted, or nothing where the vendor says so, and leaves nothing behind. */
@HeadroomTest
class EndAtOnceStoryTest {

    private static final Map<String, Object> NOW = Map.of("cancel", true, "when", "NOW");

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    private Story story;
    private String acme;

    @BeforeEach
    void fiveSeatsOfTeamHalfwayThroughTheirMonth() {
        story = stories.beginWithCatalogOfItsOwn();
        acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
    }

    @Test
    void whatWasPaidAndIsNotUsedIsGivenBackAsQuotedHoweverLateInTheQuotesLife() throws StripeException {
        JsonNode quote = quote(NOW);
        assertThat(quote.at("/when").asString()).isEqualTo("NOW");
        assertThat(quote.at("/effectiveAt").asString()).isEqualTo(quote.at("/quotedAt").asString());
        assertThat(quote.at("/growth").asString()).isEqualTo("CHURN");
        assertThat(quote.at("/total/amountMinor").asLong()).isEqualTo(-6_250);
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isZero();
        assertThat(quote.at("/nextInvoice").isNull()).isTrue();
        stories.pass(Duration.ofMinutes(14));

        Api.Answer ended = story.accept(quote.at("/token").asString());
        assertThat(ended.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(balance()).isEqualTo(-6_250);
        assertThat(subscription()).isNull();
        JsonNode change = changes().getFirst();
        assertThat(change.at("/credit/amountMinor").asLong()).isEqualTo(6_250);
        assertThat(change.at("/to/ends").asBoolean()).isTrue();
        assertThat(change.at("/invoice").asString()).startsWith("in_");
        stories.pass(Duration.ofDays(40));
        assertThat(balance()).as("nothing is billed any more").isEqualTo(-6_250);
    }

    @Test
    void theVendorsRulesSayWhetherAndWhetherForCredit() throws StripeException {
        String never = rule("PERIOD_END");
        JsonNode refused = quote(NOW);
        assertThat(refused.at("/__typename").asString()).isEqualTo("AgainstPolicy");
        assertThat(refused.at("/allowed").get(0).asString()).isEqualTo("PERIOD_END");
        assertThat(quote(Map.of("cancel", true)).at("/__typename").asString()).isEqualTo("Quote");
        remove(never);

        rule("NOW_UNPRORATED");
        assertThat(quote(Map.of("cancel", true, "when", "PERIOD_END")).at("/__typename").asString()).isEqualTo("Quote");
        JsonNode nothing = quote(NOW);
        assertThat(nothing.at("/prorated").asBoolean(true)).isFalse();
        assertThat(nothing.at("/lines")).isEmpty();
        assertThat(story.accept(nothing.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(balance()).isZero();
        assertThat(subscription()).isNull();
    }

    @Test
    void soonAfterMoreNothingIsGivenBackBeforeThePeriodEnds() {
        story.accept(story.token(acme, Map.of("plan", story.key("pro")))).at("/changePlan/change");
        assertThat(quote(NOW).at("/__typename").asString()).isEqualTo("CreditTooSoon");
        assertThat(quote(Map.of("cancel", true)).at("/__typename").asString()).isEqualTo("Quote");
        story.crediting();
        assertThat(quote(NOW).at("/total/amountMinor").asLong()).isEqualTo(-12_250);
    }

    @Test
    void whatWaitsForThePeriodsEndIsOverWithIt() throws StripeException {
        story.accept(story.token(acme, Map.of("seats", 3))).at("/changePlan/change");
        story.accept(story.token(acme, NOW)).at("/changePlan/change");

        assertThat(changes().stream().map(change -> change.at("/state").asString())).containsExactly("APPLIED", "CANCELED");
        assertThat(stripes().getStatus()).isEqualTo("canceled");
        assertThat(balance()).isEqualTo(-6_250);
    }

    @Test
    void whatWaitsAtStripeForAnInvoiceIsOnTheLastOne() throws StripeException {
        stripe.v1().invoiceItems().create(InvoiceItemCreateParams.builder()
                .setCustomer(customer()).setSubscription(stripes().getId()).setAmount(7_000L).setCurrency("usd").setDescription("Training").build());
        stories.settle();

        JsonNode quote = quote(NOW);
        assertThat(quote.at("/total/amountMinor").asLong()).isEqualTo(750);
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isEqualTo(750);
        stories.pass(Duration.ofMinutes(10));
        Api.Answer ended = story.accept(quote.at("/token").asString());
        assertThat(ended.text("/changePlan/change/state")).isEqualTo("APPLIED");
        long charged = ended.at("/changePlan/change/charged/amountMinor").asLong();
        assertThat(charged + balance()).as("what was taken beyond the promise is back").isEqualTo(750);
    }

    @Test
    void oneThatIsToEndWithItsPeriodMayEndBefore() throws StripeException {
        story.accept(story.token(acme, Map.of("cancel", true))).at("/changePlan/change");
        assertThat(quote(Map.of("cancel", true)).at("/rule").asString()).isEqualTo("NOTHING_CHANGES");
        assertThat(story.accept(story.token(acme, NOW)).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(balance()).isEqualTo(-6_250);
        assertThat(subscription()).isNull();
    }

    @Test
    void aTrialEndsWithoutAnything() throws StripeException {
        String trying = story.account("trying");
        story.start(trying, Map.of("plan", story.key("team"), "seats", 2, "trialDays", 14)).at("/startSubscription/subscription");
        JsonNode quote = story.quote(story.backend(), trying, NOW).at("/account/quote");
        assertThat(quote.at("/lines")).isEmpty();
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void ofTwoWhoPressAtOnceOneEndsItAndItIsCreditedOnce() throws StripeException {
        String token = quote(NOW).at("/token").asString();
        List<Api.Answer> pressed = Stream.of(1, 2).map(_ -> CompletableFuture.supplyAsync(() -> story.accept(token))).toList().stream()
                .map(CompletableFuture::join).toList();

        assertThat(pressed.stream().filter(answer -> answer.text("/changePlan/__typename").equals("PlanChanged"))).hasSize(1);
        assertThat(balance()).isEqualTo(-6_250);
    }

    @Test
    void anEndIsAskedForAloneAndInOneWay() {
        assertThat(refused(Map.of("cancel", true, "when", "NOW", "seats", 3))).isEqualTo("change.cancel");
        assertThat(refused(Map.of("cancel", true, "cancelAtPeriodEnd", true))).isEqualTo("change.cancel");
        assertThat(refused(Map.of("cancel", false, "when", "NOW"))).isEqualTo("change.cancel");
        assertThat(refused(Map.of("cancelAtPeriodEnd", true, "when", "NOW"))).isEqualTo("change.cancelAtPeriodEnd");
        assertThat(quote(Map.of("cancel", false)).at("/rule").asString()).isEqualTo("NOTHING_CHANGES");
    }

    @Test
    void aContractThatHoldsLongerKeepsItFromEnding() {
        story.backend().ask("mutation ($input: SetCommitmentInput!) { setCommitment(input: $input) { __typename } }",
                "input", Map.of("account", acme, "until", stories.clock().instant().plus(Duration.ofDays(90)).toString())).at("/setCommitment");
        assertThat(story.quote(story.backend(), acme, NOW).text("/account/quote/__typename")).isEqualTo("ChangeOnHold");
    }

    private JsonNode quote(Map<String, Object> change) {
        return story.quote(story.backend(), acme, change).at("/account/quote");
    }

    private String refused(Map<String, Object> change) {
        return story.quote(story.backend(), acme, change).body().at("/errors/0/extensions/field").asString();
    }

    private String rule(String transition) {
        Map<String, Object> input = new HashMap<>(Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "product", story.key("suite"), "kind", "END", "transition", transition));
        return story.backend().ask("mutation ($input: AddTransitionRuleInput!) { addTransitionRule(input: $input) { ... on TransitionRuleAdded { rule { id } } } }",
                "input", input).text("/addTransitionRule/rule/id");
    }

    private void remove(String rule) {
        story.backend().ask("mutation ($input: RemoveTransitionRuleInput!) { removeTransitionRule(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "rule", rule)).at("/removeTransitionRule");
    }

    private JsonNode subscription() {
        JsonNode found = story.backend().ask("query ($key: String) { account(key: $key) { subscription { id cancelAt } } }", "key", acme)
                .body().at("/data/account/subscription");
        return found.isNull() ? null : found;
    }

    private List<JsonNode> changes() {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { planChanges { state credit { amountMinor } invoice to { ends } } } }""", "key", acme)
                .at("/account/planChanges").valueStream().toList();
    }

    private String customer() {
        return accounts.meant(new Actor.System("test"), acme).stripeCustomer();
    }

    private long balance() throws StripeException {
        return stripe.v1().customers().retrieve(customer()).getBalance();
    }

    private Subscription stripes() throws StripeException {
        return stripe.v1().subscriptions().list(SubscriptionListParams.builder()
                .setCustomer(customer()).setStatus(SubscriptionListParams.Status.ALL).build()).getData().getFirst();
    }
}
