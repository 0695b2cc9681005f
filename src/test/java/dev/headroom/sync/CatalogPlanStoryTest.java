package dev.headroom.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Price;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CouponUpdateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.PriceUpdateParams;
import com.stripe.param.ProductUpdateParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import dev.headroom.broadcast.BroadcastInterrupted;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import tools.jackson.databind.JsonNode;

/** Somebody works by hand at Stripe: the plan says in what the two differ, and carried out they are level again, whoever dies over it. */
@HeadroomTest
class CatalogPlanStoryTest {

    private static final String PLAN = "{ catalogSyncPlan { fingerprint differences { kind subject name ours theirs stripeId applying } } }";

    @Autowired
    Stories stories;

    @Autowired
    CatalogPlans plans;

    @Autowired
    Catalog catalog;

    @Autowired
    StripeLinksRepository links;

    @Autowired
    StripeClient stripe;

    @Autowired
    StripeWireCheck wire;

    @Autowired
    DSLContext db;

    @Autowired
    ApplicationEventPublisher events;

    private Story story;
    private Plan team;
    private PlanPrice monthly;

    @BeforeEach
    void theTwoAreLevel() {
        story = stories.beginWithCatalogOfItsOwn();
        team = catalog.snapshot().plan(story.key("team")).orElseThrow();
        monthly = version().prices().getFirst();
        apply();
        assertThat(mine(plan())).isEmpty();
    }

    private PlanVersion version() {
        return catalog.snapshot().onSale(team).orElseThrow();
    }

    @Test
    void whatIsLevelHasAPlanThatDoesNothing() {
        assertThat(plan().at("/differences").valueStream().filter(each -> !each.at("/kind").asString().endsWith("_FOREIGN"))).isEmpty();
        assertThat(apply().text("/applyCatalogSync/apply/applied")).isEqualTo("0");
    }

    @Test
    void whatWasRenamedAndArchivedByHandIsPutRight() throws StripeException {
        stripe.v1().products().update(product(), ProductUpdateParams.builder().setName("Teem").setActive(false).build());
        stripe.v1().prices().update(price(), PriceUpdateParams.builder().setActive(false).build());

        assertThat(mine(plan())).containsExactlyInAnyOrder("PRODUCT_RENAMED", "PRODUCT_ARCHIVED", "PRICE_ARCHIVED");
        assertThat(apply().text("/applyCatalogSync/apply/applied")).isEqualTo("3");

        assertThat(mine(plan())).isEmpty();
        assertThat(stripe.v1().products().retrieve(product()).getName()).isEqualTo(team.name());
        assertThat(stripe.v1().prices().retrieve(price()).getActive()).isTrue();
    }

    @Test
    void aPriceThatAsksSomethingElseIsReplacedWithItsLookupKeyAndArchived() throws StripeException {
        String wrong = wrong();
        assertThat(mine(plan())).contains("PRICE_DIFFERS");

        apply();

        Price right = stripe.v1().prices().retrieve(price());
        assertThat(right.getId()).isNotEqualTo(wrong);
        assertThat(right.getUnitAmount()).isEqualTo(2_500);
        assertThat(right.getLookupKey()).isEqualTo(monthly.id().toString());
        assertThat(stripe.v1().prices().retrieve(wrong).getActive()).isFalse();
        String acme = story.subscribed("acme", "team", 3);
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { subscription { recurring { amountMinor } } } }", "key", acme)
                .at("/account/subscription/recurring/amountMinor").asLong()).isEqualTo(7_500);
    }

    @Test
    void aLookupKeyThatWasGivenAwayComesBack() throws StripeException {
        String other = somebodyElses(1_000);
        stripe.v1().prices().update(other, PriceUpdateParams.builder().setLookupKey(monthly.id().toString()).setTransferLookupKey(true).build());

        assertThat(mine(plan())).contains("LOOKUP_KEY_ELSEWHERE", "PRICE_FOREIGN");
        apply();

        assertThat(stripe.v1().prices().retrieve(price()).getLookupKey()).isEqualTo(monthly.id().toString());
        assertThat(mine(plan())).as("left alone").containsExactly("PRICE_FOREIGN");
    }

    @Test
    void aCouponThatWasDeletedOrRenamedIsMadeAnew() throws StripeException {
        String key = story.key("offer-" + story.number());
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", key, "product", story.key("suite"), "key", key, "name", "A fifth off", "percentOff", "20", "duration", "ONCE",
                "from", stories.clock().instant().toString(), "until", stories.clock().instant().plus(Duration.ofDays(30)).toString())).at("/createOffer");
        String coupon = links.remote(Kind.COUPON, catalog.snapshot().offer(key).orElseThrow().id().value()).orElseThrow();
        stripe.v1().coupons().update(coupon, CouponUpdateParams.builder().setName("Something").build());
        assertThat(kinds(plan(), "coupon:" + coupon)).containsExactly("COUPON_RENAMED");
        apply();
        assertThat(stripe.v1().coupons().retrieve(coupon).getName()).isEqualTo("A fifth off");

        stripe.v1().coupons().delete(coupon);
        assertThat(kinds(plan(), "coupon:" + coupon)).containsExactly("COUPON_MISSING");
        apply();
        assertThat(stripe.v1().coupons().retrieve(coupon).getPercentOff()).isEqualByComparingTo("20");
        assertThat(kinds(plan(), "coupon:" + coupon)).isEmpty();

        stripe.v1().coupons().delete(coupon);
        stripe.v1().coupons().create(CouponCreateParams.builder().setId(coupon).setName("A fifth off").setPercentOff(BigDecimal.valueOf(20))
                .setDuration(CouponCreateParams.Duration.ONCE).setAppliesTo(CouponCreateParams.AppliesTo.builder().addProduct(product()).build()).build());
        assertThat(plan().at("/differences").valueStream().filter(each -> each.at("/subject").asString().equals("coupon:" + coupon)).toList())
                .singleElement().satisfies(each -> {
                    assertThat(each.at("/kind").asString()).isEqualTo("COUPON_DIFFERS");
                    assertThat(each.at("/theirs").asString()).isEqualTo("20 %, once, off " + product() + " alone");
                });
        apply();
        assertThat(kinds(plan(), "coupon:" + coupon)).isEmpty();
    }

    @Test
    void aPlanThatIsNotWhatItWasIsRefusedAndDoesNothing() throws StripeException {
        stripe.v1().products().update(product(), ProductUpdateParams.builder().setName("Teem").build());
        String looked = plan().at("/fingerprint").asString();
        stripe.v1().prices().update(price(), PriceUpdateParams.builder().setActive(false).build());

        Api.Answer answer = apply(looked, "click");

        assertThat(answer.text("/applyCatalogSync/__typename")).isEqualTo("CatalogPlanIsStale");
        assertThat(answer.at("/applyCatalogSync/freshPlan/differences").size()).isGreaterThanOrEqualTo(2);
        assertThat(stripe.v1().products().retrieve(product()).getName()).isEqualTo("Teem");
    }

    @Test
    void theSameKeyTwiceAndTwoAtOnceMakeOnePrice() throws Exception {
        wrong();
        String looked = plan().at("/fingerprint").asString();
        long before = prices();

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Callable<Api.Answer>> both = List.of(() -> apply(looked, "one"), () -> apply(looked, "other"));
            for (Future<Api.Answer> answer : threads.invokeAll(both)) {
                answer.get();
            }
        }
        apply(looked, "one");

        assertThat(mine(plan())).isEmpty();
        assertThat(prices()).isEqualTo(before + 1);
    }

    /** Each is a request of those that replace a price; what is not answered is, for whoever asked, as if the process had died there. */
    @ParameterizedTest
    @ValueSource(strings = {"POST /v1/prices", "POST /v1/prices/.+", "POST /v1/products/.+"})
    void whoeverDiesOverItTheTwoBecomeLevel(String request) throws StripeException {
        stripe.v1().products().update(product(), ProductUpdateParams.builder().setName("Teem").build());
        wrong();
        long before = prices();

        try (StripeWireCheck.Trouble _ = wire.trouble(request, 503, "api_error")) {
            Api.Answer answer = apply();
            assertThat(answer.at("/applyCatalogSync/apply/finishedAt").isNull()).isTrue();
        }
        plans.sweep();

        assertThat(mine(plan())).isEmpty();
        assertThat(prices()).isEqualTo(before + 1);
        assertThat(story.backend().ask("{ catalogSyncApplies(first: 1) { agreed applied finishedAt failure } }").at("/catalogSyncApplies/0/finishedAt").isNull()).isFalse();
    }

    @Test
    void itIsForAdministratorsAlone() {
        assertThat(stories.api(stories.secret(Set.of(Permission.READ, Permission.CATALOG))).ask(PLAN).errorCode()).isEqualTo("FORBIDDEN");
    }

    @Test
    void aPriceThatIsSoldNoMoreIsArchivedUnlessAChangeToItWaits() throws StripeException {
        String acme = story.subscribed("acme", "pro", 2);
        String change = story.accept(story.token(acme, Map.of("plan", story.key("team"), "when", "PERIOD_END"))).text("/changePlan/change/id");
        db.execute("update catalog.plan_version set state = 'RETIRED' where id = ?", version().id().value());
        events.publishEvent(new BroadcastInterrupted());

        assertThat(mine(plan())).as("who waits for it is told it at Stripe again").isEmpty();
        story.backend().ask("mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename } }",
                "input", Map.of("account", acme, "change", change, "idempotencyKey", change)).at("/cancelPlanChange");
        assertThat(mine(plan())).containsExactly("PRICE_OUTDATED");
        apply();
        assertThat(stripe.v1().prices().retrieve(price()).getActive()).isFalse();
    }

    private JsonNode plan() {
        return story.backend().ask(PLAN).at("/catalogSyncPlan");
    }

    private Api.Answer apply() {
        return apply(plan().at("/fingerprint").asString(), UUID.randomUUID().toString());
    }

    private Api.Answer apply(String fingerprint, String key) {
        return story.backend().ask("""
                mutation ($input: ApplyCatalogSyncInput!) { applyCatalogSync(input: $input) { __typename
                  ... on CatalogPlanApplied { apply { id agreed applied finishedAt failure } } ... on CatalogPlanIsStale { freshPlan { differences { kind } } } } }""",
                "input", Map.of("fingerprint", fingerprint, "idempotencyKey", story.key(key)));
    }

    /** The kinds of what concerns this story's plan; other stories leave things behind. */
    private List<String> mine(JsonNode plan) {
        return plan.at("/differences").valueStream()
                .filter(each -> each.at("/name").asString().startsWith(team.name()) && (product().equals(each.at("/stripeId").asString())
                        || each.at("/subject").asString().contains(team.id().toString()) || each.at("/subject").asString().contains(monthly.id().toString())
                        || each.at("/kind").asString().equals("PRICE_FOREIGN") && ofTeam(each.at("/stripeId").asString())))
                .map(each -> each.at("/kind").asString()).toList();
    }

    private boolean ofTeam(String price) {
        try {
            return stripe.v1().prices().retrieve(price).getProduct().equals(product());
        } catch (StripeException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static List<String> kinds(JsonNode plan, String subject) {
        return plan.at("/differences").valueStream().filter(each -> each.at("/subject").asString().equals(subject)).map(each -> each.at("/kind").asString()).toList();
    }

    private long prices() throws StripeException {
        return stripe.v1().prices().list(PriceListParams.builder().setProduct(product()).setLimit(100L).build()).getData().size();
    }

    private String product() {
        return links.remote(Kind.PRODUCT, team.id().value()).orElseThrow();
    }

    private String price() {
        return links.remote(Kind.PRICE, monthly.id().value()).orElseThrow();
    }

    @Test
    void aPriceThatHasTheLookupKeyAndAsksTheRightThingIsTakenInsteadOfAnother() throws StripeException {
        String right = price();
        links.relink(Kind.PRICE, monthly.id().value(), somebodyElses(9_900));
        long before = prices();

        apply();

        assertThat(price()).isEqualTo(right);
        assertThat(prices()).isEqualTo(before);
        assertThat(mine(plan())).isEmpty();
    }

    /** Something else stands for the price, with its lookup key, and the right one is archived. */
    private String wrong() throws StripeException {
        String wrong = somebodyElses(9_900);
        stripe.v1().prices().update(wrong, PriceUpdateParams.builder().setLookupKey(monthly.id().toString()).setTransferLookupKey(true).build());
        stripe.v1().prices().update(price(), PriceUpdateParams.builder().setActive(false).build());
        links.relink(Kind.PRICE, monthly.id().value(), wrong);
        return wrong;
    }

    /** A price that somebody made in Stripe's dashboard for the plan's product. */
    private String somebodyElses(long amount) throws StripeException {
        return stripe.v1().prices().create(PriceCreateParams.builder().setProduct(product()).setCurrency("usd").setUnitAmount(amount)
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build()).build()).getId();
    }
}
