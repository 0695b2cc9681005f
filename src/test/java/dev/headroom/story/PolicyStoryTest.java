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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The vendor decides how customers move: quotes, charges and refusals follow its rules, whoever asks for what. */
@HeadroomTest
class PolicyStoryTest {

    private static final Duration OVER_A_MONTH = Duration.ofDays(35);

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
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
        acme = story.subscribed("acme", "team", 5);
        stories.pass(Duration.ofDays(3));
    }

    @Test
    void aRuleDecidesWhereNobodySaysWhenAndRefusesWhatIsAskedForAgainstIt() {
        String rule = add("SEATS_UP", null, null, "PERIOD_END").text("/addTransitionRule/rule/id");

        assertThat(quote(Map.of("seats", 9)).at("/when").asString()).isEqualTo("PERIOD_END");
        JsonNode refused = quote(Map.of("seats", 9, "when", "NOW"));
        assertThat(refused.at("/__typename").asString()).isEqualTo("AgainstPolicy");
        assertThat(refused.at("/transitionRule/id").asString()).isEqualTo(rule);
        assertThat(refused.at("/allowed").get(0).asString()).isEqualTo("PERIOD_END");
        assertThat(refused.at("/approvalRequired").asBoolean()).isFalse();
        assertThat(refused.at("/reason").asString()).contains("SEATS_UP").contains("PERIOD_END");
        assertThat(quote(Map.of("plan", story.key("pro"))).at("/when").asString()).as("another kind of change").isEqualTo("NOW");

        remove(rule);
        assertThat(quote(Map.of("seats", 9, "when", "NOW")).at("/__typename").asString()).isEqualTo("Quote");
    }

    @Test
    void lessIsMadeAtOnceWhereARuleSaysSo() {
        add("SEATS_DOWN", "team", null, "NOW_PRORATED").at("/addTransitionRule/rule");

        JsonNode now = quote(Map.of("seats", 3));
        assertThat(now.at("/when").asString()).isEqualTo("NOW");
        assertThat(now.at("/total/amountMinor").asLong()).isNegative();
        JsonNode later = quote(Map.of("seats", 3, "when", "PERIOD_END"));
        assertThat(later.at("/__typename").asString()).isEqualTo("AgainstPolicy");
        assertThat(later.at("/allowed").get(0).asString()).isEqualTo("NOW");
    }

    @Test
    void theMostSpecificRuleSpeaksAndOfSeveralKindsTheStrictest() {
        add("UPGRADE", null, null, "REFUSED").at("/addTransitionRule/rule");
        add("UPGRADE", null, "pro", "PERIOD_END").at("/addTransitionRule/rule");
        assertThat(quote(Map.of("plan", story.key("pro"))).at("/when").asString()).isEqualTo("PERIOD_END");
        add("UPGRADE", "team", null, "NOW_UNPRORATED").at("/addTransitionRule/rule");
        assertThat(quote(Map.of("plan", story.key("pro"))).at("/prorated").asBoolean()).as("the plan before says more than the one after").isFalse();
        add("UPGRADE", "team", "pro", "NOW_PRORATED").at("/addTransitionRule/rule");
        assertThat(quote(Map.of("plan", story.key("pro"))).at("/prorated").asBoolean(false)).isTrue();

        add("SEATS_UP", null, null, "BY_APPROVAL").at("/addTransitionRule/rule");
        JsonNode both = quote(Map.of("plan", story.key("pro"), "seats", 9));
        assertThat(both.at("/prorated").asBoolean(false)).as("to be approved of says nothing of when").isTrue();
    }

    @Test
    void whatIsNotProratedIsFreeNowAndWholeFromTheNextInvoice() throws StripeException {
        add("UPGRADE", null, null, "NOW_UNPRORATED").at("/addTransitionRule/rule");
        add("ADD_ON_IN", null, null, "NOW_UNPRORATED").at("/addTransitionRule/rule");

        JsonNode quote = quote(Map.of("plan", story.key("pro"), "addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1))));
        assertThat(quote.at("/when").asString()).isEqualTo("NOW");
        assertThat(quote.at("/prorated").asBoolean(true)).isFalse();
        assertThat(quote.at("/lines")).isEmpty();
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isZero();
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(5 * 4_900 + 2_900);
        Api.Answer changed = story.accept(quote.at("/token").asString());
        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(changed.at("/changePlan/change/charged/amountMinor").asLong()).isZero();
        assertThat(invoices()).as("nothing was invoiced").hasSize(1);
        assertThat(story.entitlement(story.backend(), acme, "sso", 0).at("/entitlement/allowed").asBoolean()).as("in force at once").isTrue();

        JsonNode back = quote(Map.of("seats", 6));
        assertThat(back.at("/lines")).as("what was billed is given back, and not what was not: the add-on stays").hasSize(2);
        assertThat(back.at("/lines").get(0).at("/amount/amountMinor").asLong()).isGreaterThan(-12_500);
        assertThat(story.accept(back.at("/token").asString()).at("/changePlan/change/charged/amountMinor").asLong())
                .isEqualTo(back.at("/dueNow/amountMinor").asLong());

        stories.pass(OVER_A_MONTH);
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(6 * 4_900 + 2_900);
    }

    @Test
    void whatIsNotProratedIsNotAtADateEither() throws StripeException {
        add("UPGRADE", null, null, "NOW_UNPRORATED").at("/addTransitionRule/rule");
        String date = stories.clock().instant().plus(Duration.ofDays(2)).toString();
        JsonNode quote = quote(Map.of("plan", story.key("pro"), "at", date));
        assertThat(quote.at("/prorated").asBoolean(true)).isFalse();
        assertThat(quote.at("/dueAtDate/amountMinor").asLong(-1)).isZero();
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/__typename")).isEqualTo("PlanChangeScheduled");

        stories.pass(Duration.ofDays(2).plusSeconds(3));
        assertThat(invoices()).as("nothing was invoiced").hasSize(1);
        assertThat(story.entitlement(story.backend(), acme, "sso", 0).at("/entitlement/allowed").asBoolean()).as("in force").isTrue();
    }

    @Test
    void anAddOnThatCameAndWentWithoutBeingBilledBringsNothingBack() throws StripeException {
        story.accept(story.token(acme, Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1))))).at("/changePlan/change");
        add("ADD_ON_IN", null, null, "NOW_UNPRORATED").at("/addTransitionRule/rule");
        add("ADD_ON_OUT", null, null, "NOW_UNPRORATED").at("/addTransitionRule/rule");
        stories.pass(Duration.ofDays(1));
        story.accept(story.token(acme, Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 0))))).at("/changePlan/change");
        stories.pass(Duration.ofDays(1));
        story.accept(story.token(acme, Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1))))).at("/changePlan/change");
        guard(0, "WAITS");
        rulesOf("ADD_ON_OUT").forEach(this::remove);
        stories.pass(Duration.ofDays(1));

        JsonNode off = quote(Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 0)), "when", "NOW"));
        assertThat(off.at("/total/amountMinor").asLong(-1)).as("it was never billed since it came back").isZero();
        assertThat(story.accept(off.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(invoices()).hasSize(2);
    }

    @Test
    void theEndOfASubscriptionHasItsRuleToo() {
        String rule = add("END", "team", null, "REFUSED").text("/addTransitionRule/rule/id");
        assertThat(quote(Map.of("cancelAtPeriodEnd", true)).at("/transitionRule/kind").asString()).isEqualTo("END");
        remove(rule);
        story.accept(story.token(acme, Map.of("cancelAtPeriodEnd", true))).at("/changePlan/change");
        add("END", null, null, "REFUSED").at("/addTransitionRule/rule");
        assertThat(quote(Map.of("cancelAtPeriodEnd", false)).at("/__typename").asString()).as("to go on is no end").isEqualTo("Quote");
    }

    @Test
    void aPromiseStandsWhateverBecomesOfTheRules() {
        JsonNode quote = quote(Map.of("plan", story.key("pro")));
        add("UPGRADE", null, null, "REFUSED").at("/addTransitionRule/rule");
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void lessSoonAfterMoreWaitsAndMoreNever() {
        story.accept(story.token(acme, Map.of("plan", story.key("pro")))).at("/changePlan/change");
        stories.pass(Duration.ofDays(6));

        JsonNode refused = quote(Map.of("plan", story.key("team"), "when", "NOW"));
        assertThat(refused.at("/__typename").asString()).isEqualTo("CreditTooSoon");
        assertThat(refused.at("/allowed").get(0).asString()).isEqualTo("PERIOD_END");
        assertThat(quote(Map.of("plan", story.key("team"))).at("/when").asString()).isEqualTo("PERIOD_END");
        assertThat(quote(Map.of("seats", 9)).at("/when").asString()).isEqualTo("NOW");
        add("DOWNGRADE", null, null, "NOW_PRORATED").at("/addTransitionRule/rule");
        assertThat(quote(Map.of("plan", story.key("team"))).at("/when").asString()).as("the guard is stronger than a rule that says when").isEqualTo("PERIOD_END");

        stories.pass(Duration.ofDays(1));
        assertThat(quote(Map.of("plan", story.key("team"), "when", "NOW")).at("/total/amountMinor").asLong()).isNegative();
    }

    @Test
    void orIsMadeAtOnceWithoutCreditWhereTheVendorPrefersThat() throws StripeException {
        guard(20, "NO_CREDIT");
        story.accept(story.token(acme, Map.of("plan", story.key("pro")))).at("/changePlan/change");
        stories.pass(Duration.ofDays(10));

        JsonNode less = quote(Map.of("plan", story.key("team"), "when", "NOW"));
        assertThat(less.at("/prorated").asBoolean(true)).isFalse();
        assertThat(less.at("/total/amountMinor").asLong(-1)).isZero();
        story.accept(less.at("/token").asString()).at("/changePlan/change");
        assertThat(invoices()).hasSize(2);
        JsonNode again = quote(Map.of("plan", story.key("pro")));
        assertThat(again.at("/total/amountMinor").asLong(-9)).as("what was paid for the period is given back for it, each line rounded once").isBetween(-1L, 1L);
        guard(0, "WAITS");
        assertThat(quote(Map.of("seats", 1, "when", "NOW")).at("/total/amountMinor").asLong()).isNegative();
    }

    @Test
    void rulesAndTheGuardAreRefusedThatMeanNothing() {
        assertThat(refusal("UPGRADE", "pro", "team", "REFUSED")).isEqualTo("input.to");
        assertThat(refusal("DOWNGRADE", "team", "pro", "REFUSED")).isEqualTo("input.to");
        assertThat(refusal("END", null, "team", "REFUSED")).isEqualTo("input.to");
        assertThat(refusal("START", null, null, "NOW_UNPRORATED")).isEqualTo("input.transition");
        assertThat(refusal("INTERVAL_LONGER", null, null, "NOW_UNPRORATED")).isEqualTo("input.transition");
        assertThat(refusal("UPGRADE", "nothing", null, "REFUSED")).isEqualTo("input.from");
        Story other = stories.beginWithCatalogOfItsOwn();
        assertThat(add(story.backend(), UUID.randomUUID().toString(), rule("UPGRADE", other.key("team"), null, "REFUSED")).body().at("/errors/0/extensions/field").asString()).isEqualTo("input.from");
        assertThat(setGuard(367, "WAITS").body().at("/errors/0/extensions/field").asString()).isEqualTo("input.days");
        assertThat(setGuard(-1, "WAITS").body().at("/errors/0/extensions/field").asString()).isEqualTo("input.days");
    }

    @Test
    void aRuleIsAddedOnceAndOnlyByWhoManagesTheCatalogue() {
        Map<String, Object> rule = rule("UPGRADE", null, story.key("pro"), "PERIOD_END");
        String key = UUID.randomUUID().toString();
        String id = add(story.backend(), key, rule).text("/addTransitionRule/rule/id");
        assertThat(add(story.backend(), key, rule).text("/addTransitionRule/rule/id")).isEqualTo(id);
        Api.Answer again = add(story.backend(), UUID.randomUUID().toString(), rule("UPGRADE", null, story.key("pro"), "REFUSED"));
        assertThat(again.text("/addTransitionRule/__typename")).isEqualTo("TransitionRuleExists");
        assertThat(again.text("/addTransitionRule/rule/transition")).isEqualTo("PERIOD_END");
        assertThat(rulesOf("UPGRADE")).containsExactly(id);

        Api reader = stories.api(stories.secret(Set.of(Permission.READ, Permission.QUOTE, Permission.CHANGE)));
        assertThat(add(reader, UUID.randomUUID().toString(), rule("SEATS_UP", null, null, "REFUSED")).errorCode()).isEqualTo("FORBIDDEN");
        remove(id);
        assertThat(removal(UUID.randomUUID().toString(), id).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(db.fetch("select operation from audit.entry where subject_id = ? order by at, id", id).map(row -> row.get(0, String.class)))
                .containsExactly("addTransitionRule", "removeTransitionRule");
    }

    private JsonNode quote(Map<String, Object> change) {
        return story.quote(story.backend(), acme, change).at("/account/quote");
    }

    private Api.Answer add(String kind, String from, String to, String transition) {
        return add(story.backend(), UUID.randomUUID().toString(),
                rule(kind, from == null ? null : story.key(from), to == null ? null : story.key(to), transition));
    }

    private String refusal(String kind, String from, String to, String transition) {
        return add(kind, from, to, transition).body().at("/errors/0/extensions/field").asString();
    }

    private Map<String, Object> rule(String kind, String from, String to, String transition) {
        Map<String, Object> rule = new HashMap<>(Map.of("product", story.key("suite"), "kind", kind, "transition", transition));
        rule.put("from", from);
        rule.put("to", to);
        return rule;
    }

    private static Api.Answer add(Api api, String idempotencyKey, Map<String, Object> rule) {
        Map<String, Object> input = new HashMap<>(rule);
        input.put("idempotencyKey", idempotencyKey);
        return api.ask("""
                mutation ($input: AddTransitionRuleInput!) { addTransitionRule(input: $input) { __typename
                  ... on TransitionRuleAdded { rule { id } } ... on TransitionRuleExists { rule { id transition } } } }""", "input", input);
    }

    private void remove(String rule) {
        String key = UUID.randomUUID().toString();
        assertThat(removal(key, rule).text("/removeTransitionRule/id")).isEqualTo(rule);
        assertThat(removal(key, rule).text("/removeTransitionRule/id")).as("the same command again").isEqualTo(rule);
    }

    private Api.Answer removal(String key, String rule) {
        return story.backend().ask("""
                mutation ($input: RemoveTransitionRuleInput!) { removeTransitionRule(input: $input) { ... on TransitionRuleRemoved { id } } }""",
                "input", Map.of("idempotencyKey", key, "rule", rule));
    }

    private void guard(int days, String measure) {
        assertThat(setGuard(days, measure).at("/setCreditGuard/guard/days").asInt()).isEqualTo(days);
    }

    private Api.Answer setGuard(int days, String measure) {
        return story.backend().ask("""
                mutation ($input: SetCreditGuardInput!) { setCreditGuard(input: $input) { ... on CreditGuardSet { guard { days measure } } } }""",
                "input", Map.of("product", story.key("suite"), "days", days, "measure", measure));
    }

    private List<String> rulesOf(String kind) {
        return story.backend().ask("query ($key: String!) { product(key: $key) { transitionRules { id kind } } }", "key", story.key("suite"))
                .at("/product/transitionRules").valueStream().filter(rule -> rule.at("/kind").asString().equals(kind)).map(rule -> rule.at("/id").asString()).toList();
    }

    private List<Invoice> invoices() throws StripeException {
        String customer = accounts.meant(new Actor.System("test"), acme).stripeCustomer();
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).setLimit(100L).build()).getData();
    }
}
