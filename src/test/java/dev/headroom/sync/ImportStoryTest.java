package dev.headroom.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceUpdateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PriceId;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A vendor who has sold with Stripe alone brings everything along: said first, taken in once, and quoted to the cent. */
@HeadroomTest
class ImportStoryTest {

    private static final Actor.System TEST = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    StripeImports imports;

    @Autowired
    Catalog catalog;

    @Autowired
    StripeLinksRepository links;

    @Autowired
    StripeClient stripe;

    @Autowired
    StripeWireCheck wire;

    private Story story;
    private String starter;
    private String pro;

    @BeforeEach
    void somebodyHasSoldWithStripeAlone() throws StripeException {
        story = stories.begin();
        UnfinishedImports.finish(imports);
        starter = price(product("Starter"), 2_500);
        pro = price(product("Pro"), 4_900);
    }

    @ParameterizedTest
    @CsvSource({"CLASSIC, true", "FLEXIBLE, true", "CLASSIC, false", "FLEXIBLE, false"})
    void aSubscriptionThatWasTakenInIsQuotedAndChangedToTheCent(SubscriptionCreateParams.BillingMode.Type mode, boolean halfway) throws StripeException {
        Customer customer = customer("acme");
        subscribe(customer, starter, 5, mode);
        stories.pass(Duration.ofDays(halfway ? 45 : 3));
        take();

        String account = story.key("acme");
        JsonNode subscription = story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { state plan { key } recurring { amountMinor } } } }""", "key", account)
                .at("/account/subscription");
        assertThat(subscription.at("/recurring/amountMinor").asLong()).isEqualTo(12_500);
        Api.Answer quote = story.quote(story.backend(), account, Map.of("plan", plan(pro), "seats", 7));
        long due = quote.at("/account/quote/dueNow/amountMinor").asLong();
        assertThat(due).isPositive();
        Api.Answer changed = story.accept(quote.text("/account/quote/token"));

        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(changed.at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(due);
    }

    @Test
    void aDryRunSaysWhatWouldComeOfItAndTakesNothingIn() throws StripeException {
        Customer customer = customer("acme");
        subscribe(customer, starter, 5, null);
        Walk dry = dryRun();

        assertThat(outcome(dry, starter)).isEqualTo("MAPPED");
        assertThat(outcome(dry, customer.getId())).isEqualTo("MAPPED");
        assertThat(links.local(Kind.PRICE, starter)).isEmpty();
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { key } }", "key", story.key("acme")).errorCode()).isEqualTo("NOT_FOUND");
    }

    @Test
    void whatCannotBeMappedSaysWhyAndKeepsNothingElseOut() throws StripeException {
        String quarterly = stripe.v1().prices().create(recurring(product("Quarterly"), 1_000).setRecurring(PriceCreateParams.Recurring.builder()
                .setInterval(PriceCreateParams.Recurring.Interval.MONTH).setIntervalCount(3L).build()).build()).getId();
        String once = stripe.v1().prices().create(PriceCreateParams.builder().setProduct(product("Setup")).setCurrency("usd").setUnitAmount(5_000L).build()).getId();
        String swiss = stripe.v1().prices().create(recurring(product("Swiss"), 1_000).setCurrency("chf").build()).getId();
        Customer several = customer("several");
        String both = stripe.v1().subscriptions().create(SubscriptionCreateParams.builder().setCustomer(several.getId())
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(starter).build())
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(pro).build()).build()).getId();
        Customer silent = stripe.v1().customers().create(CustomerCreateParams.builder().setName("No mail").build());
        Customer odd = customer("odd");
        String unknown = subscribe(odd, quarterly, 1, null);
        String fine = subscribe(customer("fine"), starter, 2, null);

        Walk walk = take();

        assertThat(reason(walk, quarterly)).contains("billed every 3 month");
        assertThat(reason(walk, once)).contains("does not recur");
        assertThat(reason(walk, swiss)).contains("CHF is not supported");
        assertThat(reason(walk, both)).contains("2 plans on one subscription");
        assertThat(reason(walk, silent.getId())).contains("Expected one line");
        assertThat(reason(walk, unknown)).contains("could not be mapped", "billed every 3 month");
        assertThat(outcome(walk, fine)).isEqualTo("MAPPED");
        assertThat(seats("fine")).isEqualTo(5_000);
    }

    @Test
    void everyChargeModelComesAlong() throws StripeException {
        String tiered = stripe.v1().prices().create(PriceCreateParams.builder().setProduct(product("Tiered")).setCurrency("usd")
                .setRecurring(monthly()).setBillingScheme(PriceCreateParams.BillingScheme.TIERED).setTiersMode(PriceCreateParams.TiersMode.GRADUATED)
                .addTier(PriceCreateParams.Tier.builder().setUpTo(10L).setUnitAmount(900L).setFlatAmount(1_000L).build())
                .addTier(PriceCreateParams.Tier.builder().setUpTo(PriceCreateParams.Tier.UpTo.INF).setUnitAmount(700L).build()).build()).getId();
        String packs = stripe.v1().prices().create(recurring(product("Packs"), 1_500).setTransformQuantity(PriceCreateParams.TransformQuantity.builder()
                .setDivideBy(5L).setRound(PriceCreateParams.TransformQuantity.Round.UP).build()).build()).getId();
        subscribe(customer("tiered"), tiered, 12, null);
        subscribe(customer("packs"), packs, 7, null);
        take();

        assertThat(seats("tiered")).isEqualTo(1_000 + 10 * 900 + 2 * 700);
        assertThat(seats("packs")).isEqualTo(2 * 1_500);
    }

    @Test
    void anOldPriceIsAVersionThatIsSoldNoMoreAndWhoHasItKeepsIt() throws StripeException {
        String product = product("Grown");
        String old = price(product, 1_900);
        String loyal = subscribe(customer("loyal"), old, 2, null);
        stripe.v1().prices().update(old, PriceUpdateParams.builder().setActive(false).build());
        stories.clock().advance(Duration.ofSeconds(5));
        String now = price(product, 2_900);
        Walk walk = take();

        assertThat(outcome(walk, loyal)).isEqualTo("MAPPED");
        PlanVersion version = catalog.snapshot().versionOf(new PriceId(links.local(Kind.PRICE, old).orElseThrow()));
        PlanVersion onSale = catalog.snapshot().versionOf(new PriceId(links.local(Kind.PRICE, now).orElseThrow()));
        assertThat(version.state()).isEqualTo(PlanVersion.State.RETIRED);
        assertThat(onSale.onSale()).isTrue();
        assertThat(onSale.plan()).isEqualTo(version.plan());
        assertThat(seats("loyal")).isEqualTo(3_800);
    }

    @Test
    void twiceTakesInNothingNewAndNothingAtStripeIsChanged() throws StripeException {
        Customer customer = customer("acme");
        String subscription = subscribe(customer, starter, 5, null);
        Price before = stripe.v1().prices().retrieve(starter);
        take();
        int plans = catalog.snapshot().plans().size();

        Walk again = take();

        assertThat(List.of(outcome(again, starter), outcome(again, customer.getId()), outcome(again, subscription))).containsOnly("KNOWN");
        assertThat(catalog.snapshot().plans()).hasSize(plans);
        assertThat(stripe.v1().prices().retrieve(starter)).isEqualTo(before);
        assertThat(tallies(again).stream().filter(each -> each.at("/outcome").asString().equals("MAPPED"))).isEmpty();
    }

    /** What is not answered is, for whoever asked, as if the process had died there. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/prices.*", "GET /v1/customers[?].*", "GET /v1/subscriptions[?].*", "GET /v1/subscriptions/.*"})
    void whoeverDiesOverItEverythingIsTakenInOnce(String request) throws StripeException {
        Customer one = customer("one");
        Customer two = customer("two");
        String first = subscribe(one, starter, 1, null);
        String second = subscribe(two, pro, 2, null);
        Walk dry = dryRun();
        Walk walk = imports.apply(TEST, new StripeImports.ApplyImport(UUID.randomUUID().toString(), dry.id()));
        try (StripeWireCheck.Trouble _ = wire.trouble(request, 503, "api_error")) {
            while (imports.step()) { }
        }
        stories.clock().advance(Duration.ofMinutes(1));
        while (imports.step()) { }

        assertThat(List.of(outcome(walk, first), outcome(walk, second))).containsOnly("MAPPED");
        assertThat(seats("one")).isEqualTo(2_500);
        assertThat(seats("two")).isEqualTo(9_800);
    }

    @Test
    void anImportNeedsADryRunThatHasEndedAndAnAdministrator() {
        assertThat(apply("018f0000-0000-7000-8000-000000000000", "none").errorCode()).isEqualTo("NOT_FOUND");
        Walk dry = imports.start(TEST, new StripeImports.StartImport(story.key("dry"), story.key("legacy"), null, null));
        assertThat(apply(dry.id().toString(), "early").errorCode()).isEqualTo("NOT_FOUND");
        assertThat(start(Map.of("product", story.key("legacy"), "idempotencyKey", story.key("second"))).errorCode()).isEqualTo("CONFLICT");
        while (imports.step()) { }
        assertThat(start(Map.of("product", "no such key", "idempotencyKey", story.key("wrong"))).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(start(Map.of("product", "a", "currency", "XAU", "idempotencyKey", story.key("gold"))).errorCode()).isEqualTo("UNSUPPORTED_CURRENCY");
        assertThat(stories.api(stories.secret(Set.of(Permission.READ, Permission.CATALOG))).ask("{ stripeImports { id } }").errorCode()).isEqualTo("FORBIDDEN");
    }

    private Walk dryRun() {
        Walk dry = imports.start(TEST, new StripeImports.StartImport(UUID.randomUUID().toString(), "legacy-" + story.number(), "account_key", null));
        while (imports.step()) { }
        return dry;
    }

    private Walk take() {
        Walk walk = imports.apply(TEST, new StripeImports.ApplyImport(UUID.randomUUID().toString(), dryRun().id()));
        while (imports.step()) { }
        assertThat(imports.newest(TEST, 1).getFirst().finishedAt()).isNotNull();
        stories.clock().advance(Duration.ofSeconds(2));
        return walk;
    }

    private Api.Answer start(Map<String, Object> input) {
        return story.backend().ask("mutation ($input: StartStripeImportInput!) { startStripeImport(input: $input) { walk { id kind } } }", "input", input);
    }

    private Api.Answer apply(String dryRun, String key) {
        return story.backend().ask("mutation ($input: ApplyStripeImportInput!) { applyStripeImport(input: $input) { walk { id kind } } }",
                "input", Map.of("dryRun", dryRun, "idempotencyKey", story.key(key)));
    }

    private String outcome(Walk walk, String stripeId) {
        return finding(walk, stripeId).at("/outcome").asString();
    }

    private String reason(Walk walk, String stripeId) {
        return finding(walk, stripeId).at("/reason").asString();
    }

    private JsonNode finding(Walk walk, String stripeId) {
        @Nullable String after = null;
        while (true) {
            JsonNode page = story.backend().ask("""
                    query ($of: ID!, $after: String) { stripeImportFindings(of: $of, first: 100, after: $after) { kind stripeId outcome name becomes reason } }""",
                    "of", walk.id().toString(), "after", after).at("/stripeImportFindings");
            for (JsonNode each : page) {
                if (each.at("/stripeId").asString().equals(stripeId)) {
                    return each;
                }
            }
            assertThat(page.size()).as("%s is in the report", stripeId).isEqualTo(100);
            after = page.get(99).at("/kind").asString() + ":" + page.get(99).at("/stripeId").asString();
        }
    }

    private List<JsonNode> tallies(Walk walk) {
        return story.backend().ask("query ($of: ID!) { stripeImportTallies(of: $of) { kind outcome count } }", "of", walk.id().toString())
                .at("/stripeImportTallies").valueStream().toList();
    }

    private String plan(String price) {
        return catalog.snapshot().versionOf(new PriceId(links.local(Kind.PRICE, price).orElseThrow())).plan().key();
    }

    /** What the subscription of an account costs a month. */
    private long seats(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { recurring { amountMinor } } } }", "key", story.key(account))
                .at("/account/subscription/recurring/amountMinor").asLong();
    }

    private String product(String name) throws StripeException {
        return stripe.v1().products().create(ProductCreateParams.builder().setName(name + " of " + story.number()).build()).getId();
    }

    private String price(String product, long amount) throws StripeException {
        return stripe.v1().prices().create(recurring(product, amount).build()).getId();
    }

    private static PriceCreateParams.Builder recurring(String product, long amount) {
        return PriceCreateParams.builder().setProduct(product).setCurrency("usd").setUnitAmount(amount).setRecurring(monthly());
    }

    private static PriceCreateParams.Recurring monthly() {
        return PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build();
    }

    private Customer customer(String name) throws StripeException {
        return stripe.v1().customers().create(CustomerCreateParams.builder().setName(name).setEmail(name + "@example.com").setPaymentMethod("pm_card_visa")
                .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder().setDefaultPaymentMethod("pm_card_visa").build())
                .putMetadata("account_key", story.key(name)).build());
    }

    private String subscribe(Customer customer, String price, long quantity, SubscriptionCreateParams.BillingMode.@Nullable Type mode) throws StripeException {
        SubscriptionCreateParams.Builder parameters = SubscriptionCreateParams.builder().setCustomer(customer.getId())
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(price).setQuantity(quantity).build());
        if (mode != null) {
            parameters.setBillingMode(SubscriptionCreateParams.BillingMode.builder().setType(mode).build());
        }
        Subscription made = stripe.v1().subscriptions().create(parameters.build());
        return made.getId();
    }
}
