package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.Api;
import dev.headroom.Dashboard;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was accepted is kept to the letter as it was shown, with who came from where and what Stripe calls it. */
@HeadroomTest
class KeptQuoteStoryTest {

    private static final String ORIGIN = "https://app.example.com";
    /** All that a quote shows, and a kept one likewise. */
    private static final String SHOWN = """
            id quotedAt expiresAt when effectiveAt prorated growth offer { key } verified source dueNow { amountMinor } tax { amountMinor } total { amountMinor }
            balanceApplied { amountMinor } taxLines { amount { amountMinor } taxable { amountMinor } inclusive rate explanation }
            lines { kind source description quantity period { from until } seconds { remaining total } fraction gross { amountMinor } discount { amountMinor }
              unrounded amount { amountMinor } explanation }
            nextInvoice { at tax { amountMinor } total { amountMinor } due { amountMinor } verified }
            recurring { before { amountMinor } after { amountMinor } mrrBefore { amountMinor } mrrAfter { amountMinor } }
            gains { feature { key } before { included unlimited setting } after { included unlimited setting } }
            losses { feature { key } before { included unlimited setting } after { included unlimited setting } }
            violations { feature { key } used included excess resolution }""";

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    DSLContext db;

    private Story story;
    private String acme;

    @BeforeEach
    void fiveSeatsOfTeamHalfwayThroughTheirMonth() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        stories.settle();
        story.halfway(acme);
    }

    @AfterEach
    void untaxed() {
        stories.sandbox().taxAt(null);
    }

    @Test
    void aChangeAtOnceKeepsItsQuoteWithAllItsArithmetic() {
        JsonNode quote = quote(Map.of("plan", story.key("pro")));
        String change = accepted(quote, "APPLIED");

        assertThat(kept(change)).isEqualTo(shown(quote));
        assertThat(quote.at("/lines").size()).isEqualTo(2);
        assertThat(quote.at("/gains").size()).as("so that something is compared").isPositive();
    }

    @Test
    void soDoesOneThatWaitsWhateverIsChangedBeforeIt() {
        JsonNode quote = quote(Map.of("plan", story.key("free"), "when", "PERIOD_END"));
        String change = accepted(quote, "SCHEDULED");
        accepted(quote(Map.of("seats", 9)), "APPLIED");

        assertThat(kept(change)).isEqualTo(shown(quote));
        assertThat(quote.at("/losses").size()).isPositive();
        assertThat(change(story.backend(), change).at("/quoted/from/quantity").asLong()).as("what was there then").isEqualTo(5);
    }

    @Test
    void whatOnlyStripeCouldSayIsKeptAsItSaidIt() throws StripeException {
        taxed();
        stripe.v1().invoiceItems().create(InvoiceItemCreateParams.builder()
                .setCustomer(accounts.meant(new Actor.System("test"), acme).stripeCustomer()).setAmount(4_200L).setCurrency("usd").setDescription("Workshop").build());
        stories.settle();

        JsonNode quote = quote(Map.of("seats", 8));
        assertThat(quote.at("/source").asString()).isEqualTo("STRIPE");
        assertThat(quote.at("/taxLines").size()).isEqualTo(1);

        assertThat(kept(accepted(quote, "APPLIED"))).isEqualTo(shown(quote));
    }

    @Test
    void taxOnTopOfOurOwnLinesIsKeptToo() throws StripeException {
        taxed();

        JsonNode quote = quote(Map.of("seats", 8));

        assertThat(quote.at("/source").asString()).isEqualTo("HEADROOM");
        assertThat(kept(accepted(quote, "APPLIED"))).isEqualTo(shown(quote));
    }

    @Test
    void aQuoteThatWasDeclinedIsKeptToo() {
        story.card(acme, "pm_card_chargeDeclined");
        JsonNode quote = quote(Map.of("seats", 8));
        story.accept(quote.at("/token").asString());

        JsonNode change = latest(story.backend());
        assertThat(change.at("/state").asString()).isEqualTo("DECLINED");
        assertThat(kept(change.at("/id").asString())).isEqualTo(shown(quote));
    }

    @Test
    void itsWayIsToldWithStripesKeyAndWhoGaveItUp() {
        String made = accepted(quote(Map.of("seats", 6)), "APPLIED");
        JsonNode change = change(story.backend(), made);
        assertThat(change.at("/steps").valueStream().map(step -> step.at("/kind").asString())).containsExactly("QUOTED", "REQUESTED", "ASKED", "ENDED");
        assertThat(change.at("/steps/2/stripeKey").asString()).isEqualTo(made + ":update:1");
        assertThat(change.at("/stripeSubscription").asString()).startsWith("sub_");

        String waits = accepted(quote(Map.of("seats", 2)), "SCHEDULED");
        story.backend().ask("mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename } }",
                "input", Map.of("account", acme, "change", waits, "idempotencyKey", UUID.randomUUID().toString())).at("/cancelPlanChange");
        assertThat(change(story.backend(), waits).at("/steps").valueStream().map(step -> step.at("/kind").asString()))
                .containsExactly("QUOTED", "REQUESTED", "GIVEN_UP", "ENDED");
        assertThat(change(story.backend(), waits).at("/steps/2/actor").asString()).startsWith("api-key:");
    }

    @Test
    void theVendorReadsWhichKeyAndMemberItCameFromAndAMemberOnlyItsOwn() {
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", story.key("ann"), "account", acme, "key", "ann", "name", "Ann Byron", "email", "ann@example.com")).at("/addMember");
        Api vendor = stories.api(stories.secret(EnumSet.allOf(Permission.class), ORIGIN));
        Api ann = new Api(stories.url(), vendor.ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", acme, "member", "ann", "permissions", List.of("READ", "QUOTE", "CHANGE"), "lifetimeSeconds", 900))
                .text("/createAccountToken/token"));
        String byKey = accepted(quote(Map.of("seats", 6)), "APPLIED");
        String byAnn = story.accept(ann, quote(Map.of("seats", 7)).at("/token").asString(), "click").text("/changePlan/change/id");

        assertThat(change(vendor, byKey).at("/origin/kind").asString()).isEqualTo("API_KEY");
        assertThat(change(vendor, byKey).at("/origin/name").asString()).isNotBlank();
        assertThat(change(vendor, byAnn).at("/origin/kind").asString()).isEqualTo("ACCOUNT_TOKEN");
        assertThat(change(vendor, byAnn).at("/origin/name").asString()).isEqualTo("Ann Byron");
        assertThat(change(ann, byKey).at("/origin/name").isNull()).as("how the vendor calls its keys").isTrue();
        assertThat(change(ann, byAnn).at("/origin/name").asString()).isEqualTo("Ann Byron");

        String other = story.subscribed("other", "team", 2);
        String foreign = story.accept(story.token(other, Map.of("seats", 3))).text("/changePlan/change/id");
        assertThat(ann.ask(ONE, "id", foreign).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(ann.ask(ONE, "key", other, "id", foreign).errorCode()).isEqualTo("NOT_FOUND");
    }

    @Test
    void oneOfBeforeQuotesWereKeptHasNone() {
        String change = accepted(quote(Map.of("seats", 6)), "APPLIED");
        db.execute("delete from change.quoted where change_id = ?", UUID.fromString(change));

        assertThat(change(story.backend(), change).at("/quoted").isNull()).isTrue();
    }

    private JsonNode quote(Map<String, Object> wish) {
        return story.backend().ask("query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { ... on Quote { token " + SHOWN + " } } } }",
                "key", acme, "change", wish).at("/account/quote");
    }

    private String accepted(JsonNode quote, String state) {
        Api.Answer answer = story.accept(quote.at("/token").asString());
        assertThat(answer.text("/changePlan/change/state")).isEqualTo(state);
        return answer.text("/changePlan/change/id");
    }

    private static final String ONE = """
            query ($key: String, $id: ID!) { planChange(account: $key, id: $id) { id state quoted { %s from { quantity } }
              origin { kind name } steps { kind at actor stripeKey } stripeSubscription subscription { id } } }""".formatted(SHOWN);

    private JsonNode change(Api api, String id) {
        return api.ask(ONE, "key", acme, "id", id).at("/planChange");
    }

    private JsonNode latest(Api api) {
        return api.ask("query ($key: String) { account(key: $key) { planChanges(first: 1) { id state } } }", "key", acme).at("/account/planChanges/0");
    }

    private String kept(String change) {
        ObjectNode quoted = (ObjectNode) change(story.backend(), change).at("/quoted");
        quoted.remove("from");
        return quoted.toPrettyString();
    }

    private static String shown(JsonNode quote) {
        ObjectNode shown = ((ObjectNode) quote).deepCopy();
        shown.remove("token");
        return shown.toPrettyString();
    }

    private void taxed() throws StripeException {
        stories.sandbox().taxAt(new BigDecimal("19"));
        stripe.v1().subscriptions().update(new Dashboard(stripe, accounts, story).subscription(acme).getId(), SubscriptionUpdateParams.builder()
                .setAutomaticTax(SubscriptionUpdateParams.AutomaticTax.builder().setEnabled(true).build()).build());
        stories.settle();
    }
}
