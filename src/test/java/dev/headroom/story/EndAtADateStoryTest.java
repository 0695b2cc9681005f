package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A subscription that ends at a date is billed up to there and no further, and that can be taken back before. */
@HeadroomTest
class EndAtADateStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    private Story story;
    private String acme;
    private Instant until;

    @BeforeEach
    void fiveSeatsOfTeamHalfwayThroughTheirMonth() {
        story = stories.beginWithCatalogOfItsOwn();
        acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
        until = Instant.parse(subscription().at("/period/until").asString());
    }

    @Test
    void theLastPeriodIsBilledUpToThereAsQuoted() throws StripeException {
        Instant end = until.plus(Duration.ofDays(7)).plusSeconds(3_600);
        JsonNode quote = quote(at(end));
        assertThat(Instant.parse(quote.at("/effectiveAt").asString())).isEqualTo(end);
        assertThat(quote.at("/lines")).isEmpty();
        assertThat(quote.at("/growth").asString()).isEqualTo("CHURN");
        long last = quote.at("/nextInvoice/due/amountMinor").asLong();
        assertThat(last).isBetween(2_500L, 3_500L);

        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(Instant.parse(subscription().at("/cancelAt").asString())).isEqualTo(end);
        stories.pass(Duration.between(stories.clock().instant(), until).plusHours(2));
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(last);
        stories.pass(Duration.ofDays(8));
        assertThat(subscription().isNull()).isTrue();
        assertThat(invoices()).hasSize(2);
    }

    @Test
    void laterThanTheNextPeriodThatIsBilledWholeAndTheEndCanBeTakenBack() throws StripeException {
        JsonNode quote = quote(at(until.plus(Duration.ofDays(50))));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(12_500);
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        JsonNode more = quote(Map.of("seats", 6));
        assertThat(more.at("/nextInvoice/due/amountMinor").asLong()).as("it can be changed until then").isEqualTo(15_000);
        assertThat(quote(Map.of("seats", 3, "when", "PERIOD_END")).at("/rule").asString()).isEqualTo("ENDS");

        assertThat(story.accept(story.token(acme, Map.of("cancel", false))).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(subscription().at("/cancelAt").isNull()).isTrue();
        stories.pass(Duration.ofDays(90));
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(12_500);
    }

    @Test
    void withinThePeriodItIsUsedUntilThenAndNothingIsGivenBackOrBilledForTakingItBack() throws StripeException {
        Instant end = until.minus(Duration.ofDays(5));
        JsonNode quote = quote(at(end));
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isZero();
        assertThat(quote.at("/nextInvoice").isNull()).isTrue();
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        assertThat(quote(Map.of("seats", 6)).at("/rule").asString()).isEqualTo("ENDS");

        JsonNode back = quote(Map.of("cancel", false));
        assertThat(back.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(12_500);
        assertThat(Instant.parse(back.at("/nextInvoice/at").asString())).isEqualTo(until);
        assertThat(story.accept(back.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(Instant.parse(subscription().at("/period/until").asString())).isEqualTo(until);
        assertThat(invoices()).hasSize(1);

        story.accept(story.token(acme, at(end))).at("/changePlan/change");
        stories.pass(Duration.between(stories.clock().instant(), end).plusHours(2));
        assertThat(subscription().isNull()).isTrue();
        assertThat(invoices()).hasSize(1);
        assertThat(stripe.v1().customers().retrieve(customer()).getBalance()).isZero();
    }

    @Test
    void withThePeriodItIsTheUsualEnd() {
        story.accept(story.token(acme, at(until))).at("/changePlan/change");
        assertThat(Instant.parse(subscription().at("/cancelAt").asString())).isEqualTo(until);
        assertThat(quote(at(until.plus(Duration.ofDays(9)))).at("/rule").asString()).as("take that back first").isEqualTo("NOTHING_CHANGES");
    }

    @Test
    void whatWaitsIsOverWithIt() {
        story.accept(story.token(acme, Map.of("seats", 3))).at("/changePlan/change");
        story.accept(story.token(acme, at(until.plus(Duration.ofDays(9))))).at("/changePlan/change");
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { planChanges { state } } }", "key", acme)
                .at("/account/planChanges").valueStream().map(change -> change.at("/state").asString())).containsExactly("APPLIED", "CANCELED");
    }

    @Test
    void ofTwoDatesAtOnceOneHolds() {
        List<String> tokens = Stream.of(9, 12).map(days -> story.token(acme, at(until.plus(Duration.ofDays(days))))).toList();
        List<Api.Answer> answers = tokens.stream().map(token -> CompletableFuture.supplyAsync(() -> story.accept(token))).toList().stream()
                .map(CompletableFuture::join).toList();
        assertThat(answers.stream().filter(answer -> answer.text("/changePlan/__typename").equals("PlanChanged"))).hasSize(1);
    }

    @Test
    void theDateOfAnEndIsAskedForInTheFutureAndAlone() {
        Instant now = stories.clock().instant();
        assertThat(refused(at(now.minusSeconds(1)))).isEqualTo("change.at");
        assertThat(refused(at(now.plus(Duration.ofDays(6 * 365))))).isEqualTo("change.at");
        assertThat(refused(Map.of("cancel", true, "when", "NOW", "at", until.toString()))).isEqualTo("change.at");
        assertThat(refused(Map.of("cancel", false, "at", until.toString()))).isEqualTo("change.at");
        assertThat(refused(Map.of("cancel", true, "seats", 9, "at", until.toString()))).isEqualTo("change.cancel");
        assertThat(refused(Map.of("cancel", true, "when", "AT_DATE"))).isEqualTo("change.at");
    }

    @Test
    void theVendorsRulesAndAContractKeepItBack() {
        story.backend().ask("mutation ($input: SetCommitmentInput!) { setCommitment(input: $input) { __typename } }",
                "input", Map.of("account", acme, "until", until.plus(Duration.ofDays(90)).toString())).at("/setCommitment");
        assertThat(story.quote(story.backend(), acme, at(until.plus(Duration.ofDays(89)))).text("/account/quote/__typename")).isEqualTo("ChangeOnHold");
        assertThat(quote(at(until.plus(Duration.ofDays(90)))).at("/__typename").asString()).isEqualTo("Quote");

        story.backend().ask("mutation ($input: AddTransitionRuleInput!) { addTransitionRule(input: $input) { ... on TransitionRuleAdded { rule { id } } } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "product", story.key("suite"), "kind", "END", "transition", "PERIOD_END"))
                .at("/addTransitionRule/rule/id");
        assertThat(quote(at(until.plus(Duration.ofDays(90)))).at("/allowed").get(0).asString()).isEqualTo("PERIOD_END");
    }

    private static Map<String, Object> at(Instant date) {
        return Map.of("cancel", true, "at", date.toString());
    }

    private JsonNode quote(Map<String, Object> change) {
        return story.quote(story.backend(), acme, change).at("/account/quote");
    }

    private String refused(Map<String, Object> change) {
        return story.quote(story.backend(), acme, change).body().at("/errors/0/extensions/field").asString();
    }

    private JsonNode subscription() {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { id cancelAt period { until } } } }", "key", acme)
                .body().at("/data/account/subscription");
    }

    private String customer() {
        return accounts.meant(new Actor.System("test"), acme).stripeCustomer();
    }

    /** Newest first. */
    private List<Invoice> invoices() throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).setLimit(100L).build()).getData();
    }
}
