package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.CustomerBalanceTransactionCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.change.SubscriptionStarts;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The first subscription of a product is quoted before it starts, and starts at exactly that or not at all. */
@HeadroomTest
class StartQuoteStoryTest {

    private static final String QUOTE = """
            query ($key: String, $start: StartInput!) { account(key: $key) { startQuote(start: $start) { __typename
              ... on StartQuote { token quotedAt expiresAt growth plan { key } interval quantity trialUntil bundle { name } verified source
                dueNow { amountMinor } total { amountMinor } balanceApplied { amountMinor } tax { amountMinor } recurring { amountMinor } mrr { amountMinor }
                lines { kind source description quantity amount { amountMinor } discount { amountMinor } explanation period { from until } }
                nextInvoice { at due { amountMinor } } approvalReasons { __typename } }
              ... on AlreadySubscribed { subscription { id } } ... on PlanIsNotOnSale { plan { key } } ... on StartNotAllowed { rule reason } } } }""";

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    StripeWireCheck wire;

    @Autowired
    SubscriptionStarts starts;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccountWithACard() {
        story = stories.begin();
        acme = story.account("acme");
        story.card(acme, "pm_card_visa");
    }

    @Test
    void whatIsQuotedIsChargedWhenItStarts() throws StripeException {
        JsonNode quote = quote(Map.of("plan", story.key("team"), "seats", 5));

        assertThat(quote.at("/growth").asString()).isEqualTo("NEW");
        assertThat(quote.at("/verified").asBoolean()).isTrue();
        assertThat(quote.at("/source").asString()).isEqualTo("HEADROOM");
        assertThat(quote.at("/lines").size()).isEqualTo(1);
        assertThat(quote.at("/lines/0/kind").asString()).isEqualTo("FULL_PERIOD");
        assertThat(quote.at("/lines/0/description").asString()).contains("5 × team");
        assertThat(minor(quote, "dueNow")).isEqualTo(12_500);
        assertThat(minor(quote, "recurring")).isEqualTo(12_500);
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(12_500);

        JsonNode started = start(quote);
        assertThat(started.at("/subscription/state").asString()).isEqualTo("ACTIVE");
        assertThat(started.at("/subscription/seats/bought").asLong()).isEqualTo(5);
        assertThat(invoices()).singleElement().satisfies(invoice -> assertThat(invoice.getAmountPaid()).isEqualTo(12_500));
    }

    @Test
    void aYearIsQuotedByItsMonths() {
        JsonNode quote = quote(Map.of("plan", story.key("starter"), "interval", "YEAR"));

        assertThat(minor(quote, "dueNow")).isEqualTo(99_000);
        assertThat(minor(quote, "mrr")).isEqualTo(8_250);
    }

    @Test
    void whatTheCustomerHasOnItsBalanceIsDrawnOn() throws StripeException {
        credited(2_000);
        JsonNode quote = quote(Map.of("plan", story.key("starter")));

        assertThat(minor(quote, "total")).isEqualTo(9_900);
        assertThat(minor(quote, "balanceApplied")).isEqualTo(-2_000);
        assertThat(minor(quote, "dueNow")).isEqualTo(7_900);
        start(quote);
        assertThat(invoices().getFirst().getAmountPaid()).isEqualTo(7_900);
    }

    @Test
    void whatWaitsForTheCustomersNextInvoiceIsToldAndBilled() throws StripeException {
        stripe.v1().invoiceItems().create(InvoiceItemCreateParams.builder().setCustomer(customer()).setAmount(5_000L).setCurrency("usd").setDescription("Workshop").build());
        JsonNode quote = quote(Map.of("plan", story.key("starter")));

        assertThat(quote.at("/source").asString()).isEqualTo("STRIPE");
        assertThat(quote.at("/lines").valueStream().map(line -> line.at("/kind").asString())).containsExactlyInAnyOrder("FULL_PERIOD", "WAITING");
        assertThat(minor(quote, "dueNow")).isEqualTo(14_900);
        start(quote);
        assertThat(invoices().getFirst().getAmountPaid()).isEqualTo(14_900);
    }

    @Test
    void aTrialCostsNothingUntilItEnds() throws StripeException {
        JsonNode quote = quote(Map.of("plan", story.key("starter"), "trialDays", 14));

        assertThat(minor(quote, "dueNow")).isZero();
        assertThat(quote.at("/nextInvoice/at").asString()).isEqualTo(quote.at("/trialUntil").asString());
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(9_900);
        stories.clock().advance(Duration.ofMinutes(5));
        assertThat(start(quote).at("/subscription/state").asString()).isEqualTo("TRIALING");
        stories.pass(Duration.ofDays(14));
        assertThat(invoices().getFirst().getAmountPaid()).as("from the end that was promised").isEqualTo(9_900);
    }

    @Test
    void whoeverWasGivenATrialByTheVendorAcceptsIt() {
        JsonNode quote = quote(Map.of("plan", story.key("starter"), "trialDays", 14));

        assertThat(start(member(acme, "CHANGE"), quote, UUID.randomUUID().toString()).at("/startSubscription/subscription/state").asString()).isEqualTo("TRIALING");
        assertThat(member(acme, "QUOTE").ask(QUOTE, "key", acme, "start", Map.of("plan", story.key("starter"), "trialDays", 14)).errorCode()).isEqualTo("FORBIDDEN");
    }

    @Test
    void aTrialIsNotGivenAnewByATokenThatHasExpired() {
        JsonNode quote = quote(Map.of("plan", story.key("starter"), "trialDays", 14));
        stories.clock().advance(Duration.between(stories.clock().instant(), Instant.parse(quote.at("/expiresAt").asString())));

        assertThat(start(member(acme, "CHANGE"), quote, "hers").at("/startSubscription/freshQuote/dueNow/amountMinor").asLong()).isEqualTo(9_900);
        assertThat(start(story.backend(), quote, "the vendor's").at("/startSubscription/freshQuote/dueNow/amountMinor").asLong()).isZero();
    }

    @Test
    void anAccountThatStripeDoesNotKnowIsQuotedWithoutAsking() {
        acme = story.account("shy");
        int asked = wire.requests();
        JsonNode quote = quote(Map.of("plan", story.key("starter")));

        assertThat(wire.requests()).isEqualTo(asked);
        assertThat(quote.at("/verified").asBoolean()).isFalse();
        assertThat(minor(quote, "dueNow")).isEqualTo(9_900);
        assertThat(start(story.backend(), quote, "shy").text("/startSubscription/__typename")).isEqualTo("PaymentMethodRequired");
        story.card(acme, "pm_card_visa");
        assertThat(start(quote).at("/subscription/recurring/amountMinor").asLong()).isEqualTo(9_900);
    }

    @Test
    void withAnotherBalanceItIsRefusedWithAFreshQuote() throws StripeException {
        JsonNode quote = quote(Map.of("plan", story.key("starter")));
        credited(2_000);

        Api.Answer refused = start(story.backend(), quote, "click");
        assertThat(refused.text("/startSubscription/__typename")).isEqualTo("StartQuoteIsStale");
        assertThat(refused.text("/startSubscription/why")).isEqualTo("AMOUNT_CHANGED");
        assertThat(invoices()).isEmpty();
        assertThat(start(story.backend(), quote, "click").text("/startSubscription/why")).as("the same key again").isEqualTo("AMOUNT_CHANGED");

        start(refused.at("/startSubscription/freshQuote"));
        assertThat(invoices().getFirst().getAmountPaid()).isEqualTo(7_900);
    }

    @Test
    void afterItsSecondItIsRefusedWithAFreshQuote() throws StripeException {
        JsonNode quote = quote(Map.of("plan", story.key("starter")));
        stories.clock().advance(Duration.between(stories.clock().instant(), Instant.parse(quote.at("/expiresAt").asString())));

        Api.Answer refused = start(story.backend(), quote, "late");
        assertThat(refused.text("/startSubscription/why")).isEqualTo("EXPIRED");
        assertThat(invoices()).isEmpty();
        start(refused.at("/startSubscription/freshQuote"));
        assertThat(invoices()).hasSize(1);
    }

    @Test
    void twoAtOnceStartOneSubscription() throws Exception {
        JsonNode quote = quote(Map.of("plan", story.key("starter")));
        List<String> answers;
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<String>> both = List.of("one", "two").stream()
                    .map(key -> two.submit(() -> start(story.backend(), quote, key).text("/startSubscription/__typename"))).toList();
            answers = List.of(both.getFirst().get(), both.getLast().get());
        }

        assertThat(answers).contains("SubscriptionStarted");
        assertThat(answers).isSubsetOf("SubscriptionStarted", "StartInProgress", "AlreadySubscribed");
        assertThat(invoices()).hasSize(1);
        assertThat(start(story.backend(), quote, "three").text("/startSubscription/__typename")).isEqualTo("AlreadySubscribed");
        assertThat(quote(Map.of("plan", story.key("team"))).at("/__typename").asString()).isEqualTo("AlreadySubscribed");
    }

    @Test
    void whatWasBegunForWhoeverTookItUpIsNoBrokenPromise() throws StripeException {
        credited(2_000);
        JsonNode quote = quote(Map.of("plan", story.key("starter")));

        Api.Answer started;
        try (StripeWireCheck.Trouble slow = once("POST /v1/invoices/create_preview", () -> {
            // The sweeper's request has its effect, and nobody hears of it.
            try (StripeWireCheck.Trouble lost = wire.lost("POST /v1/subscriptions")) {
                takenUpAfter(Duration.ofMinutes(3));
            }
        })) {
            started = start(story.backend(), quote, "slow");
        }

        assertThat(started.text("/startSubscription/__typename")).isEqualTo("SubscriptionStarted");
        assertThat(invoices()).singleElement().satisfies(invoice -> assertThat(invoice.getAmountPaid()).isEqualTo(7_900));
    }

    @Test
    void whoeverWasGivenUpForBeingSlowChargesNothing() throws StripeException {
        JsonNode quote = quote(Map.of("plan", story.key("starter")));

        Api.Answer given;
        try (StripeWireCheck.Trouble slow = once("POST /v1/invoices/create_preview", () -> takenUpAfter(Duration.ofMinutes(16)))) {
            given = start(story.backend(), quote, "slow");
        }

        assertThat(given.text("/startSubscription/__typename")).isEqualTo("FirstPaymentDeclined");
        assertThat(invoices()).isEmpty();
    }

    @Test
    void underOneKeyTwiceAtOnceOneCarriesItOut() {
        acme = story.account("shy");
        JsonNode quote = quote(Map.of("plan", story.key("starter"), "trialDays", 14));

        Api.Answer second;
        try (StripeWireCheck.Trouble overtaken = once("POST /v1/customers", () -> {
            try (StripeWireCheck.Trouble trouble = wire.trouble("POST /v1/subscriptions", 500, "api_error")) {
                assertThat(start(story.backend(), quote, "click").errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
            }
        })) {
            second = start(story.backend(), quote, "click");
        }

        assertThat(second.text("/startSubscription/__typename")).isEqualTo("StartInProgress");
        takenUpAfter(Duration.ofMinutes(3));
        assertThat(start(story.backend(), quote, "click").text("/startSubscription/subscription/state")).isEqualTo("TRIALING");
    }

    /** Whoever carries something out is taken for dead after a while. */
    private void takenUpAfter(Duration silence) {
        stories.clock().advance(silence);
        starts.sweep();
    }

    private StripeWireCheck.Trouble once(String request, Runnable deed) {
        AtomicBoolean done = new AtomicBoolean();
        return wire.before(request, () -> {
            if (done.compareAndSet(false, true)) {
                deed.run();
            }
        });
    }

    @Test
    void withoutStripeNothingIsPromised() {
        try (StripeWireCheck.Trouble silence = wire.trouble("POST /v1/invoices/create_preview", 500, "api_error")) {
            assertThat(quote(Map.of("plan", story.key("starter"))).at("/rule").asString()).isEqualTo("NOT_VERIFIED");
        }
    }

    @Test
    void whatIsWrongIsNamed() {
        String token = quote(Map.of("plan", story.key("starter"))).at("/token").asString();
        String other = story.account("other");

        assertThat(wrongField(ask(Map.of("plan", "nothing")))).isEqualTo("start.plan");
        assertThat(wrongField(ask(Map.of("plan", story.key("team"), "seats", 0)))).isEqualTo("start.seats");
        assertThat(wrongField(ask(Map.of("plan", story.key("starter"), "seats", 2)))).isEqualTo("start.seats");
        assertThat(wrongField(ask(Map.of("plan", story.key("starter"), "trialDays", 731)))).isEqualTo("start.trialDays");
        assertThat(wrongField(start(story.backend(), Map.of("account", acme)))).isEqualTo("input.plan");
        assertThat(wrongField(start(story.backend(), Map.of("quoteToken", token, "plan", story.key("starter"))))).isEqualTo("input.quoteToken");
        assertThat(wrongField(start(story.backend(), Map.of("quoteToken", token.substring(0, token.length() - 4) + "AAAA")))).isEqualTo("input.quoteToken");
        assertThat(wrongField(start(story.backend(), Map.of("quoteToken", token, "account", other)))).isEqualTo("input.account");
        assertThat(start(member(other, "CHANGE"), Map.of("quoteToken", token)).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(member(other, "QUOTE").ask(QUOTE, "key", acme, "start", Map.of("plan", story.key("starter"))).errorCode()).isEqualTo("NOT_FOUND");
    }

    private static String wrongField(Api.Answer answer) {
        assertThat(answer.errorCode()).isIn("INVALID_INPUT", "NOT_FOUND");
        return answer.body().at("/errors/0/extensions/field").asString();
    }

    private Api.Answer ask(Map<String, Object> wanted) {
        return story.backend().ask(QUOTE, "key", acme, "start", wanted);
    }

    private JsonNode quote(Map<String, Object> wanted) {
        return ask(wanted).at("/account/startQuote");
    }

    private static long minor(JsonNode quote, String field) {
        return quote.at("/" + field + "/amountMinor").asLong();
    }

    private JsonNode start(JsonNode quote) {
        return start(story.backend(), quote, UUID.randomUUID().toString()).at("/startSubscription");
    }

    private Api.Answer start(Api api, JsonNode quote, String key) {
        return start(api, Map.of("quoteToken", quote.at("/token").asString(), "idempotencyKey", story.key(key)));
    }

    private static Api.Answer start(Api api, Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", UUID.randomUUID().toString()));
        input.putAll(more);
        return api.ask("""
                mutation ($input: StartSubscriptionInput!) { startSubscription(input: $input) { __typename
                  ... on SubscriptionStarted { subscription { id state recurring { amountMinor } seats { bought } } }
                  ... on StartQuoteIsStale { why freshQuote { __typename ... on StartQuote { token dueNow { amountMinor } } } } } }""", "input", input);
    }

    private Api member(String account, String permission) {
        String member = account + permission;
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", member, "account", account, "key", member, "name", "Ann", "email", "ann@example.com"));
        return stories.api(story.backend().ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", account, "member", member, "permissions", List.of("READ", permission))).text("/createAccountToken/token"));
    }

    private void credited(long amount) throws StripeException {
        stripe.v1().customers().balanceTransactions().create(
                customer(), CustomerBalanceTransactionCreateParams.builder().setAmount(-amount).setCurrency("usd").build());
    }

    private List<Invoice> invoices() throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).build()).getData();
    }

    private String customer() {
        return String.valueOf(accounts.meant(new Actor.System("test"), acme).stripeCustomer());
    }
}
