package dev.headroom.overage;

import static dev.headroom.overage.jooq.Tables.REPORT;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What Stripe says later of usage that it took is heard once, shown, and laid at the door of the report that it is about. */
@HeadroomTest
class UsageRejectionTest {

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    UsageRejections rejections;

    @Autowired
    StripeWireCheck wire;

    @Autowired
    DSLContext db;

    private Story story;
    private String acme;

    @BeforeEach
    void sevenCallsPastALimit() {
        story = stories.begin();
        acme = story.account("acme");
        story.card(acme, "pm_card_visa");
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }", "input",
                Map.of("idempotencyKey", story.key("api"), "key", story.key("api"), "name", "API", "features", List.of(
                        Map.of("key", story.key("api-calls"), "name", "API calls", "unit", "call", "kind", "METER", "reset", "BILLING_PERIOD"))))
                .at("/createProduct/product");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input",
                Map.of("idempotencyKey", story.key("basic"), "product", story.key("api"), "key", story.key("basic"), "name", "Basic", "rank", 1,
                        "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 19_900)),
                        "entitlements", List.of(Map.of("feature", story.key("api-calls"), "included", 100, "policy", "OVERAGE",
                                "overage", List.of(Map.of("currency", "USD", "unitMinor", "5")))))).at("/createPlan/version");
        story.start(acme, Map.of("plan", story.key("basic"))).at("/startSubscription/subscription");
        story.backend().ask("mutation ($input: ConsumeInput!) { consume(input: $input) { ... on Consumed { entitlement { used } } } }", "input",
                Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "feature", story.key("api-calls"), "quantity", 107)).at("/consume/entitlement");
        stories.overages().sweep();
        assertThat(charge("reported")).isEqualTo(7);
    }

    @Test
    void whatStripeDoesNotCountIsHeardOnceAndShownWithTheAccountThatItIsOf() throws StripeException {
        UUID report = db.select(REPORT.ID).from(REPORT).where(REPORT.ACCOUNT_ID.eq(accounts.meant(new Actor.System("test"), acme).id().value())).fetchSingle().value1();
        reported("headroom_" + report);

        assertThat(rejections.listen()).isOne();
        assertThat(rejections.listen()).isZero();
        JsonNode told = told("headroom_" + report);
        assertThat(told.at("/count").asLong()).isOne();
        assertThat(told.at("/summary").asString()).isEqualTo("There is 1 invalid event");
        assertThat(told.at("/reasons/0/code").asString()).isEqualTo("meter_event_customer_not_found");
        assertThat(told.at("/reasons/0/samples/0/message").asString()).contains("cus_nobody");
        assertThat(told.at("/reasons/0/samples/0/report/account/key").asString()).isEqualTo(acme);
        assertThat(told.at("/reasons/0/samples/0/report/feature/key").asString()).isEqualTo(story.key("api-calls"));
        assertThat(told.at("/reasons/0/samples/0/report/units").asLong()).isEqualTo(7);
        assertThat(charge("rejected")).isEqualTo(7);
    }

    @Test
    void whatSomebodyElseReportedIsShownToo() throws StripeException {
        reported(story.key("theirs"));

        assertThat(rejections.listen()).isOne();
        assertThat(told(story.key("theirs")).at("/count").asLong()).isOne();
        assertThat(told(story.key("theirs")).at("/reasons/0/samples/0/report").isNull()).isTrue();
        assertThat(charge("rejected")).isZero();
    }

    @Test
    void whileStripeIsSilentNothingIsLost() throws StripeException {
        reported(story.key("late"));
        try (StripeWireCheck.Trouble trouble = wire.trouble("GET /v2/core/events.*", 500, "api_error")) {
            new OverageJob(stories.overages(), rejections).listen();
        }

        assertThat(rejections.listen()).isOne();
    }

    @Test
    void itIsForAdministratorsAlone() {
        String all = "{ usageRejections { id } }";

        assertThat(stories.api(stories.secret(EnumSet.complementOf(EnumSet.of(Permission.ADMIN)))).ask(all).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(story.backend().ask("{ usageRejections(first: 101) { id } }").errorCode()).isEqualTo("INVALID_INPUT");
    }

    /** To a meter of somebody's own, where the identifier is not known yet, and for a customer that nobody is. */
    private void reported(String identifier) throws StripeException {
        String calls = story.key("calls") + identifier;
        stripe.v1().billing().meters().create(MeterCreateParams.builder().setDisplayName("Calls").setEventName(calls)
                .setDefaultAggregation(MeterCreateParams.DefaultAggregation.builder().setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM).build()).build());
        stripe.v1().billing().meterEvents().create(MeterEventCreateParams.builder().setEventName(calls).setIdentifier(identifier)
                .putPayload("stripe_customer_id", "cus_nobody").putPayload("value", "7").build());
    }

    private JsonNode told(String identifier) {
        return story.backend().ask("""
                { usageRejections(first: 10) { id at heardAt meter from until count summary reasons { code count samples { message identifier
                  report { account { key } feature { key } units } } } } }""").at("/usageRejections").valueStream()
                .filter(each -> each.at("/reasons/0/samples/0/identifier").asString().equals(identifier)).findFirst().orElseThrow();
    }

    private long charge(String field) {
        return story.backend().ask("query ($key: String) { account(key: $key) { overageCharges { reported rejected pending } } }", "key", acme)
                .at("/account/overageCharges/0/" + field).asLong();
    }
}
