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
import dev.headroom.actor.Permission;
import dev.headroom.stripe.spec.StripeWireCheck;
import dev.headroom.sync.CatalogSyncs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What is not sold to everybody is asked for, decided by somebody else, and accepted once for exactly the price that was agreed. */
@HeadroomTest
class ApprovalStoryTest {

    private static final Map<String, Object> QUARTER_FOR_TWO_MONTHS = Map.of("percentOff", "25", "duration", "MONTHS", "months", 2);
    private static final Map<String, Object> FIFTEEN_FOR_EVER = Map.of("percentOff", "15", "duration", "FOREVER");
    private static final String REQUEST = """
            id state version expiresAt askedBy reason reasons { rule text } decision { comment by } change { id state }
            asked { discount { percentOff } shown { dueNow { amountMinor } recurringAfter { amountMinor } lines { kind amount { amountMinor } } from { quantity } to { plan { key } quantity } } }
            agreed { discount { percentOff amountOff { amountMinor } duration months } shown { dueNow { amountMinor } mrrAfter { amountMinor } } }""";

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    StripeWireCheck wire;

    @Autowired
    CatalogSyncs syncs;

    private Story story;
    private String acme;
    private Api approver;

    @BeforeEach
    void fiveSeatsOfTeamHalfwayThroughTheirMonth() {
        story = stories.beginWithCatalogOfItsOwn();
        acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
        approver = stories.api(stories.secret(Set.of(Permission.READ, Permission.QUOTE, Permission.APPROVE)));
        rules(0, Map.of("seats", 20, "recurring", List.of(Map.of("minor", 100_000, "currency", "USD")), "discountPercent", "10", "plans", List.of(story.key("pro"))));
    }

    @Test
    void whatNeedsApprovalIsNotStartedByCustomersEither() {
        String fresh = story.account("fresh");
        String another = story.account("another");
        List.of(fresh, another).forEach(account -> story.card(account, "pm_card_visa"));
        Api customer = token(fresh, List.of("READ", "QUOTE", "CHANGE"));

        JsonNode byPlan = start(customer, fresh, Map.of("plan", story.key("pro")));
        assertThat(byPlan.at("/__typename").asString()).isEqualTo("StartNeedsApproval");
        assertThat(rulesOf(byPlan.at("/reasons"))).contains("PLAN");
        assertThat(rulesOf(start(customer, fresh, Map.of("plan", story.key("team"), "seats", 21)).at("/reasons"))).containsExactly("SEATS");
        assertThat(start(customer, fresh, Map.of("plan", story.key("team"), "seats", 20)).at("/__typename").asString()).isEqualTo("SubscriptionStarted");
        assertThat(start(story.backend(), another, Map.of("plan", story.key("team"), "seats", 21)).at("/__typename").asString())
                .as("the vendor is who would be asked").isEqualTo("SubscriptionStarted");
    }

    @Test
    void aStartWithAnOfferBeyondTheRulesIsNotForCustomersEither() {
        String fresh = story.account("fresh");
        story.card(fresh, "pm_card_visa");
        List.of("10", "11").forEach(percent -> offer("off-" + percent, Map.of("percentOff", percent, "duration", "ONCE")));
        Api customer = token(fresh, List.of("READ", "QUOTE", "CHANGE"));

        assertThat(rulesOf(startQuote(customer, fresh, "off-10").at("/approvalReasons"))).isEmpty();
        JsonNode quote = startQuote(customer, fresh, "off-11");
        assertThat(rulesOf(quote.at("/approvalReasons"))).containsExactly("DISCOUNT");
        Map<String, Object> accepted = Map.of("quoteToken", quote.at("/token").asString());
        assertThat(rulesOf(start(customer, fresh, accepted).at("/reasons"))).containsExactly("DISCOUNT");
        assertThat(start(story.backend(), fresh, accepted).at("/__typename").asString()).isEqualTo("SubscriptionStarted");
    }

    @Test
    void severalOffersOfAStartAreHeldAgainstTheRulesTogether() {
        String fresh = story.account("fresh");
        List.of("1", "9", "10").forEach(percent -> offer("off-" + percent, Map.of("percentOff", percent, "duration", "ONCE")));
        Api customer = token(fresh, List.of("READ", "QUOTE", "CHANGE"));

        assertThat(rulesOf(startQuote(customer, fresh, "off-1", "off-9").at("/approvalReasons"))).as("9.91 of at most 10 percent").isEmpty();
        assertThat(rulesOf(startQuote(customer, fresh, "off-1", "off-10").at("/approvalReasons"))).containsExactly("DISCOUNT");
    }

    private JsonNode startQuote(Api api, String account, String... offers) {
        return api.ask("query ($key: String, $start: StartInput!) { account(key: $key) { startQuote(start: $start) { ... on StartQuote { token approvalReasons { rule text } } } } }",
                "key", account, "start", Map.of("plan", story.key("team"), "seats", 5, "offers", Stream.of(offers).map(story::key).toList())).at("/account/startQuote");
    }

    private JsonNode start(Api api, String account, Map<String, Object> wanted) {
        Map<String, Object> input = new HashMap<>(wanted);
        input.putAll(Map.of("account", account, "idempotencyKey", UUID.randomUUID().toString()));
        return api.ask("mutation ($input: StartSubscriptionInput!) { startSubscription(input: $input) { __typename ... on StartNeedsApproval { reasons { rule text } } } }",
                "input", input).at("/startSubscription");
    }

    @Test
    void whatIsWithinTheRulesNeedsNobody() {
        JsonNode quote = quote(acme, Map.of("seats", 20));

        assertThat(quote.at("/approval/required").asBoolean()).isFalse();
        assertThat(quote.at("/approval/reasons")).isEmpty();
        assertThat(ask(Map.of("seats", 20), null).text("/requestApproval/__typename")).isEqualTo("ApprovalNotNeeded");
        assertThat(accept(quote).text("/changePlan/__typename")).isEqualTo("PlanChanged");
    }

    @Test
    void everyRuleIsNamedAndNothingIsChargedWithoutASay() throws StripeException {
        JsonNode quote = quote(acme, Map.of("plan", story.key("pro"), "seats", 21));

        assertThat(quote.at("/approval/required").asBoolean()).isTrue();
        assertThat(rulesOf(quote.at("/approval/reasons"))).containsExactly("SEATS", "RECURRING", "PLAN");
        Api.Answer refused = accept(quote);
        assertThat(refused.text("/changePlan/__typename")).isEqualTo("ApprovalRequired");
        assertThat(rulesOf(refused.at("/changePlan/reasons"))).containsExactly("SEATS", "RECURRING", "PLAN");
        assertThat(refused.at("/changePlan/request").isNull()).isTrue();
        assertThat(paid()).as("the month, and nothing else").containsExactly(12_500L);
        assertThat(accept(quote).text("/changePlan/__typename")).as("the key is free").isEqualTo("ApprovalRequired");
    }

    @Test
    void lessIsNeverAskedAbout() {
        ask(Map.of("seats", 30), null);
        agreedAndAccepted(Map.of("seats", 30), null);

        assertThat(quote(acme, Map.of("seats", 25)).at("/approval/required").asBoolean()).isFalse();
        assertThat(quote(acme, Map.of("seats", 31)).at("/approval/required").asBoolean()).isTrue();
    }

    @Test
    void aboveASizeItIsAskedForApprovedAndChargedAsTheLiveQuoteSays() throws StripeException {
        JsonNode shown = quote(acme, Map.of("seats", 30));
        Api.Answer asked = askByToken(shown.at("/token").asString());
        String id = asked.text("/requestApproval/request/id");
        assertThat(asked.text("/requestApproval/__typename")).isEqualTo("ApprovalRequested");
        assertThat(asked.at("/requestApproval/request/asked/shown/dueNow/amountMinor").asLong()).isEqualTo(31_250).isEqualTo(shown.at("/dueNow/amountMinor").asLong());
        assertThat(asked.at("/requestApproval/request/asked/shown/lines").size()).isEqualTo(2);
        assertThat(quote(acme, Map.of("seats", 30)).at("/approval/request/id").asString()).isEqualTo(id);
        assertThat(accept(shown).text("/changePlan/request/id")).as("told of what is asked for already").isEqualTo(id);
        assertThat(ask(Map.of("seats", 30), null).text("/requestApproval/__typename")).isEqualTo("ApprovalPending");

        assertThat(decide(approver, id, 1, "APPROVE", Map.of()).text("/decideApproval/request/state")).isEqualTo("APPROVED");
        assertThat(quote(acme, Map.of("seats", 31)).at("/approval/required").asBoolean()).as("what was not asked for").isTrue();
        stories.pass(Duration.ofDays(3));
        JsonNode live = agreed(story.backend(), id);
        assertThat(live.at("/approval/required").asBoolean()).isFalse();
        assertThat(live.at("/dueNow/amountMinor").asLong()).isLessThan(31_250);

        Api.Answer changed = accept(live);
        assertThat(changed.at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(live.at("/dueNow/amountMinor").asLong());
        assertThat(paid().getFirst()).isEqualTo(live.at("/dueNow/amountMinor").asLong());
        JsonNode request = request(id);
        assertThat(request.at("/state").asString()).isEqualTo("ACCEPTED");
        assertThat(request.at("/change/id").asString()).isEqualTo(changed.text("/changePlan/change/id"));
        assertThat(renewed()).isEqualTo(75_000);
    }

    @Test
    void aWishedDiscountIsChargedToTheCentForAsLongAsWasAgreed() throws StripeException {
        Api.Answer asked = ask(Map.of("seats", 10), QUARTER_FOR_TWO_MONTHS);
        assertThat(rulesOf(asked.at("/requestApproval/request/reasons"))).containsExactly("DISCOUNT", "NEGOTIATED");
        assertThat(asked.at("/requestApproval/request/asked/shown/recurringAfter/amountMinor").asLong()).isEqualTo(18_750);
        String id = asked.text("/requestApproval/request/id");

        assertThat(decide(approver, id, 1, "APPROVE", Map.of()).text("/decideApproval/request/agreed/discount/percentOff")).isEqualTo("25");
        JsonNode live = agreed(story.backend(), id);
        assertThat(live.at("/dueNow/amountMinor").asLong()).as("half of 10 × 25.00 less a quarter, less half of 5 × 25.00").isEqualTo(9_375 - 6_250);

        assertThat(accept(live).at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(3_125);
        assertThat(paid().getFirst()).isEqualTo(3_125);
        assertThat(Stream.of(1, 2, 3).map(_ -> renewed()).toList()).containsExactly(18_750L, 18_750L, 25_000L);
    }

    @Test
    void aDiscountOnWhatOneHasIsADealToo() {
        String id = ask(Map.of(), FIFTEEN_FOR_EVER).text("/requestApproval/request/id");
        decide(approver, id, 1, "APPROVE", Map.of());

        assertThat(accept(agreed(story.backend(), id)).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(Stream.of(1, 2).map(_ -> renewed()).toList()).containsExactly(10_625L, 10_625L);
    }

    @Test
    void whatIsKeptBackForAnotherReasonIsSaidByItsName() {
        story.backend().ask("mutation ($input: SetCreditGuardInput!) { setCreditGuard(input: $input) { __typename } }",
                "input", Map.of("product", story.key("suite"), "days", 7, "measure", "WAITS")).at("/setCreditGuard");
        assertThat(accept(quote(acme, Map.of("seats", 9))).text("/changePlan/__typename")).isEqualTo("PlanChanged");

        assertThat(ask(Map.of("seats", 4, "when", "NOW"), null).text("/requestApproval/__typename")).isEqualTo("CreditTooSoon");
        String id = ask(Map.of("seats", 30), null).text("/requestApproval/request/id");
        Api.Answer countered = decide(approver, id, 1, "COUNTER", Map.of("change", Map.of("seats", 4, "when", "NOW")));
        assertThat(countered.text("/decideApproval/__typename")).isEqualTo("CreditTooSoon");
    }

    @Test
    void anOfferAboveTheBoundNeedsASayAsWell() {
        offer("half", Map.of("percentOff", "50", "duration", "ONCE"));
        offer("tenth", Map.of("percentOff", "10", "duration", "ONCE"));
        offer("much", Map.of("amountOff", Map.of("minor", 1_501, "currency", "USD"), "duration", "ONCE"));
        offer("bound", Map.of("amountOff", Map.of("minor", 1_500, "currency", "USD"), "duration", "ONCE"));

        assertThat(rulesOf(quote(acme, Map.of("seats", 6, "offer", story.key("half"))).at("/approval/reasons"))).containsExactly("DISCOUNT");
        assertThat(rulesOf(quote(acme, Map.of("seats", 6, "offer", story.key("tenth"))).at("/approval/reasons"))).isEmpty();
        assertThat(rulesOf(quote(acme, Map.of("seats", 6, "offer", story.key("much"))).at("/approval/reasons"))).as("of 150.00").containsExactly("DISCOUNT");
        assertThat(rulesOf(quote(acme, Map.of("seats", 6, "offer", story.key("bound"))).at("/approval/reasons"))).isEmpty();
        assertThat(agreedAndAccepted(Map.of("seats", 6, "offer", story.key("half")), null).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(ask(Map.of("seats", 7, "offer", story.key("tenth")), FIFTEEN_FOR_EVER).errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void aCounterOfferIsAcceptedOnItsOwnTerms() {
        String id = ask(Map.of("plan", story.key("pro")), QUARTER_FOR_TWO_MONTHS).text("/requestApproval/request/id");

        Api.Answer countered = decide(approver, id, 1, "COUNTER", Map.of("change", Map.of("plan", story.key("pro"), "seats", 8), "discount", Map.of("percentOff", "5", "duration", "FOREVER")));
        assertThat(countered.text("/decideApproval/request/state")).isEqualTo("COUNTERED");

        JsonNode live = agreed(story.backend(), id);
        assertThat(live.at("/quantity").asLong()).isEqualTo(8);
        assertThat(accept(live).at("/changePlan/change/charged/amountMinor").asLong()).as("half of 8 × 49.00 less a twentieth, less half of 125.00").isEqualTo(18_620 - 6_250);
        assertThat(Stream.of(1, 2).map(_ -> renewed()).toList()).containsExactly(37_240L, 37_240L);
    }

    @Test
    void whatWasRefusedCannotBeAcceptedAndMayBeAskedForAgain() {
        JsonNode quote = quote(acme, Map.of("seats", 30));
        String id = ask(Map.of("seats", 30), null).text("/requestApproval/request/id");
        assertThat(decide(approver, id, 1, "REJECT", Map.of()).text("/decideApproval/request/state")).isEqualTo("REJECTED");

        assertThat(accept(quote).text("/changePlan/__typename")).isEqualTo("ApprovalRequired");
        assertThat(request(id).at("/quote").isNull()).isTrue();
        assertThat(request(id).at("/decision/comment").asString()).isEqualTo("because");
        assertThat(ask(Map.of("seats", 30), null).text("/requestApproval/__typename")).isEqualTo("ApprovalRequested");
    }

    @Test
    void whatNobodyDecidesOrAcceptsInTimeIsOver() {
        String waiting = ask(Map.of("seats", 30), null).text("/requestApproval/request/id");
        stories.pass(Duration.ofDays(14));
        assertThat(request(waiting).at("/state").asString()).isEqualTo("EXPIRED");
        assertThat(decide(approver, waiting, 1, "APPROVE", Map.of()).text("/decideApproval/__typename")).isEqualTo("ApprovalNotWaiting");
        stories.pass(Duration.ofDays(10));

        String agreed = ask(Map.of("seats", 30), FIFTEEN_FOR_EVER).text("/requestApproval/request/id");
        decide(approver, agreed, 1, "APPROVE", Map.of());
        stories.clock().advance(Duration.ofDays(14).minusMinutes(5));
        stories.settle();
        JsonNode live = agreed(story.backend(), agreed);
        stories.pass(Duration.ofMinutes(5));
        assertThat(accept(live).text("/changePlan/why")).isEqualTo("EXPIRED");
        assertThat(request(agreed).at("/state").asString()).isEqualTo("EXPIRED");
        assertThat(request(agreed).at("/quote").isNull()).isTrue();
        assertThat(inState("EXPIRED")).contains(waiting, agreed);
        assertThat(inState("APPROVED")).doesNotContain(agreed);
    }

    @Test
    void whatIsTakenBackIsOver() {
        String id = ask(Map.of("seats", 30), null).text("/requestApproval/request/id");
        decide(approver, id, 1, "APPROVE", Map.of());
        JsonNode live = agreed(story.backend(), id);

        assertThat(withdraw(story.backend(), acme, id).text("/withdrawApproval/request/state")).isEqualTo("WITHDRAWN");
        assertThat(withdraw(story.backend(), acme, id).text("/withdrawApproval/__typename")).isEqualTo("ApprovalWithdrawn");
        assertThat(accept(live).text("/changePlan/__typename")).isEqualTo("ApprovalRequired");
        assertThat(decide(approver, id, 2, "APPROVE", Map.of()).text("/decideApproval/__typename")).isEqualTo("ApprovalNotWaiting");
    }

    @Test
    void whereTheSubscriptionHasMovedSinceTheAnswerSaysSo() {
        String id = ask(Map.of("plan", story.key("pro")), null).text("/requestApproval/request/id");
        decide(approver, id, 1, "APPROVE", Map.of());
        story.accept(story.token(acme, Map.of("seats", 7)));

        JsonNode now = agreed(story.backend(), id);
        assertThat(now.at("/__typename").asString()).isEqualTo("AgreedTermsChanged");
        Api.Answer refused = story.accept(now.at("/freshQuote/token").asString());
        assertThat(refused.text("/changePlan/__typename")).isEqualTo("ApprovalRequired");

        String second = ask(Map.of("plan", story.key("pro")), null).text("/requestApproval/request/id");
        story.accept(story.token(acme, Map.of("seats", 8)));
        Api.Answer moved = decide(approver, second, 1, "APPROVE", Map.of());
        assertThat(moved.text("/decideApproval/__typename")).isEqualTo("ApprovalTermsChanged");
        assertThat(moved.at("/decideApproval/quote/quantity").asLong()).isEqualTo(8);
    }

    @Test
    void whatAChangeDoesNotUseCanBeAcceptedAgain() {
        String id = ask(Map.of("seats", 30), FIFTEEN_FOR_EVER).text("/requestApproval/request/id");
        decide(approver, id, 1, "APPROVE", Map.of());
        story.card(acme, "pm_card_chargeCustomerFail");
        assertThat(accept(agreed(story.backend(), id)).text("/changePlan/__typename")).isEqualTo("PaymentDeclined");
        assertThat(request(id).at("/state").asString()).isEqualTo("APPROVED");

        story.card(acme, "pm_card_visa");
        assertThat(accept(agreed(story.backend(), id)).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(request(id).at("/state").asString()).isEqualTo("ACCEPTED");
    }

    @Test
    void whatWaitsForThePeriodsEndUsesItAndGivesItBack() {
        String id = ask(Map.of("seats", 30, "when", "PERIOD_END"), null).text("/requestApproval/request/id");
        decide(approver, id, 1, "APPROVE", Map.of());
        Api.Answer scheduled = accept(agreed(story.backend(), id));
        assertThat(scheduled.text("/changePlan/__typename")).isEqualTo("PlanChangeScheduled");
        assertThat(request(id).at("/state").asString()).isEqualTo("ACCEPTED");

        story.backend().ask("mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "change", scheduled.text("/changePlan/change/id")));
        assertThat(request(id).at("/state").asString()).isEqualTo("APPROVED");
    }

    @Test
    void aDiscountIsAgreedForWhatWaitsAndComesWithIt() throws StripeException {
        String id = ask(Map.of("seats", 30, "when", "PERIOD_END"), FIFTEEN_FOR_EVER).text("/requestApproval/request/id");
        decide(approver, id, 1, "APPROVE", Map.of());
        assertThat(accept(agreed(story.backend(), id)).text("/changePlan/__typename")).isEqualTo("PlanChangeScheduled");

        stories.pass(Duration.ofDays(33));
        assertThat(paid().getFirst()).as("30 × 25.00 less 15 percent").isEqualTo(63_750);
    }

    @RepeatedTest(3)
    void ofTwoApproversOneDecidesAndTheOtherSeesWhat() {
        String id = ask(Map.of("seats", 30), FIFTEEN_FOR_EVER).text("/requestApproval/request/id");
        Api second = stories.api(stories.secret(Set.of(Permission.READ, Permission.QUOTE, Permission.APPROVE)));

        List<Api.Answer> answers = atOnce(() -> decide(approver, id, 1, "APPROVE", Map.of()), () -> decide(second, id, 1, "REJECT", Map.of()));

        assertThat(types(answers, "/decideApproval")).containsExactlyInAnyOrder("ApprovalDecided", "ApprovalNotWaiting");
        assertThat(answers.stream().map(answer -> answer.text("/decideApproval/request/state")).distinct()).hasSize(1);
        assertThat(request(id).at("/version").asInt()).isEqualTo(2);
    }

    @RepeatedTest(3)
    void acceptedTwiceAtOnceItIsMadeOnce() throws StripeException {
        String id = ask(Map.of("seats", 30), null).text("/requestApproval/request/id");
        decide(approver, id, 1, "APPROVE", Map.of());
        JsonNode live = agreed(story.backend(), id);

        List<Api.Answer> answers = atOnce(() -> accept(live), () -> accept(live));

        assertThat(types(answers, "/changePlan")).containsOnlyOnce("PlanChanged").isSubsetOf("PlanChanged", "ChangeInProgress", "QuoteIsStale");
        assertThat(paid()).hasSize(2);
    }

    @RepeatedTest(3)
    void askedForTwiceAtOnceItIsAskedForOnce() {
        List<Api.Answer> answers = atOnce(() -> ask(Map.of("seats", 30), null), () -> ask(Map.of("seats", 30), null));

        assertThat(types(answers, "/requestApproval")).containsExactlyInAnyOrder("ApprovalRequested", "ApprovalPending");
        assertThat(answers.stream().map(answer -> answer.text("/requestApproval/request/id")).distinct()).hasSize(1);
    }

    @Test
    void whoAsksDoesNotDecideAndWhoMayNotIsTurnedAway() {
        String id = ask(Map.of("seats", 30), null).text("/requestApproval/request/id");

        assertThat(decide(story.backend(), id, 1, "APPROVE", Map.of()).errorCode()).isEqualTo("FORBIDDEN");
        Api without = stories.api(stories.secret(Set.of(Permission.READ, Permission.QUOTE, Permission.CHANGE)));
        assertThat(decide(without, id, 1, "APPROVE", Map.of()).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(request(id).at("/state").asString()).isEqualTo("REQUESTED");
        assertThat(decide(approver, UUID.randomUUID().toString(), 1, "APPROVE", Map.of()).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(decide(approver, id, 1, "REJECT", Map.of("discount", FIFTEEN_FOR_EVER)).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(decide(approver, id, 7, "APPROVE", Map.of()).text("/decideApproval/__typename")).isEqualTo("ApprovalNotWaiting");
    }

    @Test
    void aDiscountOfOneAccountIsNobodyElses() {
        String id = ask(Map.of("seats", 10), QUARTER_FOR_TWO_MONTHS).text("/requestApproval/request/id");
        decide(approver, id, 1, "APPROVE", Map.of());
        String key = agreed(story.backend(), id).at("/offer/key").asString();
        String other = story.subscribed("other", "team", 5);

        assertThat(story.quote(story.backend(), other, Map.of("offer", key)).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(story.backend().ask("query ($key: String!) { product(key: $key) { offers { key } } }", "key", story.key("suite")).at("/product/offers").toString())
                .doesNotContain(key);
        Api token = token(other, List.of("READ", "QUOTE", "CHANGE"));
        assertThat(token.ask("query ($key: String!) { offer(key: $key) { name } }", "key", key).at("/offer").isNull()).isTrue();
        assertThat(token.ask("query ($id: ID!) { approvalRequest(id: $id) { id } }", "id", id).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(token.ask("{ approvalRequests { edges { node { id } } } }").errorCode()).isEqualTo("FORBIDDEN");
        assertThat(withdraw(token, null, id).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(decide(token, id, 1, "APPROVE", Map.of()).errorCode()).isEqualTo("FORBIDDEN");
    }

    @Test
    void aMemberAsksAndWhoMayNotSpendCannotAccept() {
        Api reader = token(acme, List.of("READ"));
        Api asker = token(acme, List.of("READ", "QUOTE"));
        assertThat(ask(reader, null, Map.of("seats", 30), null).errorCode()).isEqualTo("FORBIDDEN");
        String id = ask(asker, null, Map.of("seats", 30), null).text("/requestApproval/request/id");
        decide(approver, id, 1, "APPROVE", Map.of());

        assertThat(reader.ask("{ account { approvalRequests { id state } } }").text("/account/approvalRequests/0/state")).isEqualTo("APPROVED");
        JsonNode live = agreed(asker, id);
        assertThat(story.accept(asker, live.at("/token").asString(), "click").errorCode()).isEqualTo("FORBIDDEN");
        assertThat(story.accept(token(acme, List.of("READ", "QUOTE", "CHANGE")), live.at("/token").asString(), "click").text("/changePlan/__typename")).isEqualTo("PlanChanged");
    }

    @Test
    void whereStripeDidNotHearOfTheDiscountItDoesLater() {
        String id = ask(Map.of("seats", 10), QUARTER_FOR_TWO_MONTHS).text("/requestApproval/request/id");
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/coupons", 503, "api_error")) {
            assertThat(decide(approver, id, 1, "APPROVE", Map.of()).text("/decideApproval/request/state")).isEqualTo("APPROVED");
        }
        JsonNode live = agreed(story.backend(), id);
        assertThat(accept(live).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        assertThat(request(id).at("/state").asString()).as("it is being made").isEqualTo("ACCEPTED");

        syncs.push();
        stories.pass(Duration.ofMinutes(3));

        assertThat(request(id).at("/change/state").asString()).isEqualTo("APPLIED");
    }

    @Test
    void whatIsWrongIsSaidWhereItIs() {
        assertThat(field(ask(Map.of("seats", 30), Map.of("percentOff", "10", "duration", "MONTHS")))).isEqualTo("input.discount.months");
        assertThat(field(ask(Map.of("seats", 30), Map.of("percentOff", "101", "duration", "ONCE")))).isEqualTo("input.discount.percentOff");
        assertThat(field(ask(Map.of("seats", 30), Map.of("percentOff", "1.005", "duration", "ONCE")))).isEqualTo("input.discount.percentOff");
        assertThat(field(ask(Map.of("seats", 30), Map.of("duration", "ONCE")))).isEqualTo("input.discount.percentOff");
        assertThat(field(askByToken("quote.a.b.c"))).isEqualTo("input.quoteToken");
        assertThat(ask(Map.of("seats", 5), null).text("/requestApproval/rule")).isEqualTo("NOTHING_CHANGES");
        assertThat(ask(Map.of("plan", "nothing"), null).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(field(rules(1, Map.of("plans", List.of("nothing"))))).isEqualTo("input.plans[0]");
        assertThat(field(rules(1, Map.of("seats", 0)))).isEqualTo("input.seats");
        assertThat(field(rules(1, Map.of("discountPercent", "101")))).isEqualTo("input.discountPercent");
        assertThat(rules(0, Map.of()).text("/setApprovalRules/__typename")).isEqualTo("ApprovalRulesMoved");
    }

    @Test
    void theSameKeyAsksOnceAndDecidesOnce() {
        Map<String, Object> input = asked(acme, Map.of("seats", 30), null);
        String id = request(story.backend(), input).text("/requestApproval/request/id");
        assertThat(request(story.backend(), input).text("/requestApproval/request/id")).isEqualTo(id);
        Map<String, Object> elsewhere = new HashMap<>(input);
        elsewhere.put("account", story.subscribed("globex", "team", 5));
        assertThat(request(story.backend(), elsewhere).errorCode()).as("the same words about another account").isEqualTo("IDEMPOTENCY_KEY_REUSED");

        Map<String, Object> decision = Map.of("idempotencyKey", "decides-" + id, "request", id, "version", 1, "verdict", "APPROVE", "comment", "because");
        assertThat(decide(approver, decision).text("/decideApproval/__typename")).isEqualTo("ApprovalDecided");
        assertThat(decide(approver, decision).text("/decideApproval/__typename")).isEqualTo("ApprovalDecided");
    }

    private Api.Answer agreedAndAccepted(Map<String, Object> change, Map<String, Object> discount) {
        Api.Answer asked = ask(change, discount);
        String id = asked.text("/requestApproval/request/id");
        decide(approver, id, 1, "APPROVE", Map.of());
        return accept(agreed(story.backend(), id));
    }

    private Api.Answer rules(int version, Map<String, Object> bounds) {
        Map<String, Object> input = new HashMap<>(bounds);
        input.put("product", story.key("suite"));
        input.put("version", version);
        return story.backend().ask("mutation ($input: SetApprovalRulesInput!) { setApprovalRules(input: $input) { __typename } }", "input", input);
    }

    private void offer(String name, Map<String, Object> terms) {
        Map<String, Object> input = new HashMap<>(terms);
        input.putAll(Map.of("idempotencyKey", story.key(name), "product", story.key("suite"), "key", story.key(name), "name", name,
                "from", stories.clock().instant().toString(), "until", stories.clock().instant().plus(Duration.ofDays(30)).toString()));
        assertThat(story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { __typename } }", "input", input)
                .text("/createOffer/__typename")).isEqualTo("OfferCreated");
    }

    private JsonNode quote(String account, Map<String, Object> change) {
        return story.backend().ask("""
                query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { ... on Quote { token quantity dueNow { amountMinor }
                  approval { required reasons { rule text } request { id state } } } } } }""", "key", account, "change", change).at("/account/quote");
    }

    private Api.Answer ask(Map<String, Object> change, Map<String, Object> discount) {
        return ask(story.backend(), acme, change, discount);
    }

    private Api.Answer ask(Api api, String account, Map<String, Object> change, Map<String, Object> discount) {
        return request(api, asked(account, change, discount));
    }

    private Map<String, Object> asked(String account, Map<String, Object> change, Map<String, Object> discount) {
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", UUID.randomUUID().toString(), "change", change, "reason", "They grow"));
        if (account != null) {
            input.put("account", account);
        }
        if (discount != null) {
            input.put("discount", discount);
        }
        return input;
    }

    private Api.Answer askByToken(String token) {
        return request(story.backend(), Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "quoteToken", token, "reason", "They grow"));
    }

    private Api.Answer request(Api api, Map<String, Object> input) {
        return api.ask("""
                mutation ($input: RequestApprovalInput!) { requestApproval(input: $input) { __typename ... on ApprovalRequested { request { %1$s } }
                  ... on ApprovalPending { request { id state } } ... on ChangeNotAllowed { rule } } }""".formatted(REQUEST), "input", input);
    }

    private Api.Answer decide(Api api, String id, int version, String verdict, Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(more);
        input.putAll(Map.of("idempotencyKey", UUID.randomUUID().toString(), "request", id, "version", version, "verdict", verdict, "comment", "because"));
        return decide(api, input);
    }

    private Api.Answer decide(Api api, Map<String, Object> input) {
        return api.ask("""
                mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { __typename ... on ApprovalDecided { request { %1$s } }
                  ... on ApprovalNotWaiting { request { state } } ... on ApprovalTermsChanged { quote { quantity } } ... on ChangeNotAllowed { rule } } }"""
                .formatted(REQUEST), "input", input);
    }

    private Api.Answer withdraw(Api api, String account, String id) {
        Map<String, Object> input = new HashMap<>(Map.of("request", id));
        if (account != null) {
            input.put("account", account);
        }
        return api.ask("""
                mutation ($input: WithdrawApprovalInput!) { withdrawApproval(input: $input) { __typename ... on ApprovalWithdrawn { request { state } }
                  ... on ApprovalNotOpen { request { state } } } }""", "input", input);
    }

    private JsonNode agreed(Api api, String id) {
        return api.ask("""
                query ($id: ID!) { approvalRequest(id: $id) { quote { __typename ... on Quote { token quantity dueNow { amountMinor } offer { key negotiated }
                  approval { required request { id } } } ... on AgreedTermsChanged { freshQuote { token } } } } }""", "id", id).at("/approvalRequest/quote");
    }

    private JsonNode request(String id) {
        return story.backend().ask("query ($id: ID!) { approvalRequest(id: $id) { %1$s quote { __typename } } }".formatted(REQUEST), "id", id).at("/approvalRequest");
    }

    private List<String> inState(String state) {
        return story.backend().ask("query ($state: ApprovalState) { approvalRequests(first: 100, state: $state) { edges { node { id } } } }", "state", state)
                .at("/approvalRequests/edges").valueStream().map(edge -> edge.at("/node/id").asString()).toList();
    }

    private Api.Answer accept(JsonNode quote) {
        return story.backend().ask("""
                mutation ($input: ChangePlanInput!) { changePlan(input: $input) { __typename ... on PlanChanged { change { id state charged { amountMinor } } }
                  ... on PlanChangeScheduled { change { id } } ... on ApprovalRequired { reasons { rule } request { id } } ... on QuoteIsStale { why } } }""",
                "input", Map.of("quoteToken", quote.at("/token").asString(), "idempotencyKey", UUID.randomUUID().toString()));
    }

    private Api token(String account, List<String> permissions) {
        String member = story.key("ann-" + account + permissions.size());
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", member, "account", account, "key", member, "name", "Ann", "email", "ann@example.com"));
        return stories.api(story.backend().ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", account, "member", member, "permissions", permissions)).text("/createAccountToken/token"));
    }

    private static List<String> rulesOf(JsonNode reasons) {
        return reasons.valueStream().map(reason -> reason.at("/rule").asString()).toList();
    }

    private static String field(Api.Answer refused) {
        return refused.body().at("/errors/0/extensions/field").asString();
    }

    private static List<String> types(List<Api.Answer> answers, String path) {
        return answers.stream().map(answer -> answer.text(path + "/__typename")).toList();
    }

    @SafeVarargs
    private static List<Api.Answer> atOnce(Supplier<Api.Answer>... askers) {
        return Stream.of(askers).map(CompletableFuture::supplyAsync).toList().stream().map(CompletableFuture::join).toList();
    }

    private long renewed() {
        stories.pass(Duration.ofDays(31));
        try {
            return paid().getFirst();
        } catch (StripeException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Newest first. */
    private List<Long> paid() throws StripeException {
        String customer = accounts.meant(new Actor.System("test"), acme).stripeCustomer();
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).build()).getData().stream().map(Invoice::getAmountPaid).toList();
    }
}
