package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.stripe.spec.StripeWireCheck;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A second product costs less as long as the first one is there, whoever ends that. */
@HeadroomTest
class BundledProductsStoryTest {

    private static final Actor.System SELF = new Actor.System("test");
    private static final Duration A_MONTH = Duration.ofDays(31);
    private static final String KEPT = """
            query ($key: String, $id: ID!) { planChange(account: $key, id: $id) { quoted {
              bundles { bundle { name percentOff members { reduced } } effect amount { amountMinor } } } } }""";

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    StripeWireCheck wire;

    private Story story;
    private String acme;

    @BeforeEach
    void aVendorOfTwoProducts() {
        story = stories.beginWithCatalogOfItsOwn();
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("guide"), "key", story.key("guide"), "name", "Guide", "features", List.of(
                        Map.of("key", story.key("tours"), "name", "Tours", "kind", "GATE")))).at("/createProduct");
        plan("walks", "4000");
        plan("hikes", "8000");
        acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
    }

    @Test
    void theSecondProductIsReducedFromItsFirstInvoiceOn() throws StripeException {
        bundle(false);
        assertThat(start().at("/startSubscription/subscription/recurring/amountMinor").asLong()).isEqualTo(3_000);
        assertThat(latest("guide").getAmountDue()).isEqualTo(3_000);
        assertThat(of("guide").unreckoned()).isEmpty();

        JsonNode quote = quote(Map.of("plan", story.key("hikes")));
        assertThat(bundles(quote)).containsExactly("KEPT Pair 2000");
        JsonNode change = story.accept(quote.at("/token").asString()).at("/changePlan/change");
        assertThat(change.at("/state").asString()).isEqualTo("APPLIED");
        assertThat(bundles(story.backend().ask(KEPT, "key", acme, "id", change.at("/id").asString()).at("/planChange/quoted"))).containsExactly("KEPT Pair 2000");
        stories.pass(A_MONTH);
        assertThat(latest("guide").getTotal()).isEqualTo(6_000);
    }

    @Test
    void aQuoteOfAnEndSaysWhatItBreaksElsewhereAndTheEndBreaksIt() throws StripeException {
        bundle(false);
        start();
        JsonNode quote = quote(Map.of("product", story.key("suite"), "cancelAtPeriodEnd", true));
        assertThat(bundles(quote)).containsExactly("BROKEN Pair 1000");
        JsonNode change = story.accept(quote.at("/token").asString()).at("/changePlan/change");
        assertThat(change.at("/state").asString()).isEqualTo("APPLIED");
        assertThat(kept(change.at("/id").asString()).toString()).as("kept as it was shown").isEqualTo(quote.at("/bundles").toString());
        assertThat(of("guide").items()).allMatch(item -> item.bundle() != null);

        stories.pass(Duration.ofDays(20));
        stories.settle();
        assertThat(of("guide").items()).allMatch(item -> item.bundle() == null);
        assertThat(latest("guide").getAmountDue()).isEqualTo(3_000);
        stories.pass(Duration.ofDays(15));
        assertThat(latest("guide").getAmountDue()).isEqualTo(4_000);
    }

    @Test
    void anEndAtStripeBreaksItToo() throws StripeException {
        bundle(false);
        start();
        stripe.v1().subscriptions().cancel(of("suite").stripeId());
        stories.settle();
        stories.settle();

        assertThat(of("guide").items()).allMatch(item -> item.bundle() == null);
    }

    @Test
    void theFirstProductIsReducedFromItsNextInvoiceOn() throws StripeException {
        bundle(true);
        start();
        stories.settle();

        assertThat(of("suite").items()).allMatch(item -> item.bundle() != null);
        assertThat(latest("suite").getAmountDue()).as("nothing is given back of what was paid").isEqualTo(12_500);
        stories.pass(A_MONTH);
        assertThat(latest("suite").getAmountDue()).isEqualTo(9_375);
    }

    @Test
    void whatWaitsIsMadeOfWhatTheBundleHasLeft() throws StripeException {
        bundle(true);
        story.accept(quote(Map.of("product", story.key("suite"), "seats", 4)).at("/token").asString());
        start();
        stories.settle();
        stories.pass(A_MONTH);

        assertThat(latest("suite").getAmountDue()).isEqualTo(7_500);
        assertThat(of("suite").scheduled()).isEmpty();
    }

    /** Whoever asks while the items are put into their bundle would be forgotten by what Stripe is told about the rest. */
    @Test
    void whatIsAskedForMeanwhileWaitsItsTurn() throws StripeException {
        bundle(true);
        story.accept(quote(Map.of("product", story.key("suite"), "seats", 4)).at("/token").asString()).at("/changePlan/change");
        start();
        String token = quote(Map.of("product", story.key("suite"), "seats", 3)).at("/token").asString();
        List<String> answers = new ArrayList<>();
        try (StripeWireCheck.Trouble _ = wire.before("POST /v1/subscriptions/.*", () -> answers.add(story.accept(token).text("/changePlan/__typename")))) {
            stories.settle();
        }

        assertThat(answers).containsOnly("ChangeInProgress");
        stories.pass(A_MONTH);
        assertThat(latest("suite").getAmountDue()).isEqualTo(7_500);
    }

    @Test
    void whatStripeRefusesIsTriedAgainAndTheRestWaitsOn() throws StripeException {
        bundle(true);
        story.accept(quote(Map.of("product", story.key("suite"), "seats", 4)).at("/token").asString()).at("/changePlan/change");
        start();
        try (StripeWireCheck.Trouble refused = wire.trouble("POST /v1/subscriptions/.*", 400, "parameter_invalid")) {
            stories.settle();
            assertThat(refused.struck()).hasPositiveValue();
        }
        assertThat(of("suite").items()).allMatch(item -> item.bundle() == null);
        assertThat(stripe.v1().subscriptions().retrieve(of("suite").stripeId()).getSchedule()).isNotNull();
        assertThat(waiting()).containsExactly("SCHEDULED");

        stories.pass(Duration.ofMinutes(3));
        assertThat(of("suite").items()).allMatch(item -> item.bundle() != null);
        stories.pass(A_MONTH);
        assertThat(latest("suite").getAmountDue()).isEqualTo(7_500);
        assertThat(waiting()).containsExactly("APPLIED");
    }

    private List<String> waiting() {
        return story.backend().ask("query ($key: String) { account(key: $key) { planChanges { state } } }", "key", acme).at("/account/planChanges").valueStream()
                .map(change -> change.at("/state").asString()).toList();
    }

    private void plan(String name, String price) {
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", story.key(name), "product", story.key("guide"), "key", story.key(name), "name", name, "rank", name.equals("walks") ? 0 : 1,
                "prices", List.of(Map.of("flat", Integer.parseInt(price), "interval", "MONTH", "currency", "USD")),
                "entitlements", List.of(Map.of("feature", story.key("tours"))))).at("/createPlan/version");
    }

    private void bundle(boolean both) {
        story.backend().ask("mutation ($input: CreateBundleInput!) { createBundle(input: $input) { ... on BundleCreated { bundle { id } } } }", "input", Map.of(
                "idempotencyKey", story.key("pair"), "key", story.key("pair"), "name", "Pair", "percentOff", "25", "members", List.of(
                        Map.of("product", story.key("suite"), "reduced", both), Map.of("product", story.key("guide"))))).at("/createBundle/bundle");
    }

    private JsonNode start() {
        return story.start(acme, Map.of("plan", story.key("walks"))).at("");
    }

    private JsonNode quote(Map<String, Object> change) {
        return story.backend().ask("""
                query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { __typename
                  ... on Quote { token dueNow { amountMinor } bundles { bundle { name percentOff members { reduced } } effect amount { amountMinor } } }
                  ... on ChangeNotAllowed { rule reason } } } }""",
                "key", acme, "change", change).at("/account/quote");
    }

    private JsonNode kept(String change) {
        return story.backend().ask(KEPT, "key", acme, "id", change).at("/planChange/quoted/bundles");
    }

    private static List<String> bundles(JsonNode quote) {
        return quote.at("/bundles").valueStream()
                .map(node -> node.at("/effect").asString() + " " + node.at("/bundle/name").asString() + " " + node.at("/amount/amountMinor").asLong())
                .toList();
    }

    private AccountSubscription of(String product) {
        String id = story.backend().ask("query ($key: String!) { product(key: $key) { id } }", "key", story.key(product)).text("/product/id");
        return subscriptions.live(SELF, accounts.meant(SELF, acme).id()).stream()
                .filter(subscription -> subscription.product().toString().equals(id))
                .findFirst().orElseThrow();
    }

    private Invoice latest(String product) throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setSubscription(of(product).stripeId()).build()).getData().getFirst();
    }
}
