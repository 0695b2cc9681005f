package dev.headroom.sync;

import static dev.headroom.subscription.jooq.Tables.ITEM;
import static dev.headroom.subscription.jooq.Tables.SUBSCRIPTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What went by unheard is found, said with both sides, and repaired when somebody says so. */
@HeadroomTest
class ReconciliationStoryTest {

    private static final Actor.System TEST = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    Reconciliations reconciliations;

    @Autowired
    DifferenceRepairs repairs;

    @Autowired
    Accounts accounts;

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

    private Story story;
    private String acme;

    @BeforeEach
    void somebodyBought() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        stories.settle();
        stories.clock().advance(Duration.ofMinutes(10));
        compare();
    }

    @Test
    void whatIsMirroredAsItIsDiffersInNothing() {
        assertThat(open(acme)).isEmpty();
    }

    @Test
    void whatReducesAnItemAloneIsReadWithIt() throws StripeException {
        String tenth = stripe.v1().coupons().create(CouponCreateParams.builder()
                .setPercentOff(BigDecimal.TEN).setDuration(CouponCreateParams.Duration.FOREVER).build()).getId();
        stripe.v1().subscriptionItems().update(bought(acme).getItems().getData().getFirst().getId(), SubscriptionItemUpdateParams.builder()
                .addDiscount(SubscriptionItemUpdateParams.Discount.builder().setCoupon(tenth).build()).build());
        stories.settle();
        stories.clock().advance(Duration.ofHours(1));
        compare();

        assertThat(open(acme)).isEmpty();
    }

    @Test
    void aQuantityThatWentByUnheardIsFoundWithBothSidesAndReadAgain() {
        forgetToHear(9);
        compare();

        JsonNode found = open(acme).getFirst();
        assertThat(found.at("/aspect").asString()).isEqualTo("ITEMS");
        assertThat(found.at("/ours").asString()).contains("× 9");
        assertThat(found.at("/theirs").asString()).contains("× 5");
        String first = found.at("/firstSeenAt").asString();
        stories.clock().advance(Duration.ofHours(1));
        compare();
        assertThat(open(acme)).hasSize(1).allSatisfy(again -> assertThat(again.at("/firstSeenAt").asString()).isEqualTo(first));

        assertThat(repair(found.at("/id").asString())).isEqualTo(1);
        assertThat(repair(found.at("/id").asString())).as("asked for already").isZero();
        while (repairs.step()) { }

        assertThat(open(acme)).isEmpty();
        assertThat(seats()).isEqualTo(5);
        assertThat(ended(acme).getFirst().at("/endedBy").asString()).startsWith("api-key:");
    }

    @Test
    void whatIsLevelAgainByItselfIsKeptAsThat() {
        forgetToHear(9);
        compare();
        assertThat(open(acme)).hasSize(1);
        forgetToHear(5);
        stories.clock().advance(Duration.ofHours(1));
        compare();

        assertThat(open(acme)).isEmpty();
        assertThat(ended(acme).getFirst().at("/endedBy").isNull()).isTrue();
    }

    @Test
    void oneThatEndedUnheardIsReadAgainAndOneThatIsUnknownThereIsEnded() throws StripeException {
        String globex = story.subscribed("globex", "team", 2);
        stories.settle();
        story.accept(story.token(globex, Map.of("seats", 1))).at("/changePlan/change");
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscriptions/.*", 503, "api_error")) {
            assertThat(story.accept(story.token(globex, Map.of("seats", 3))).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }
        stories.clock().advance(Duration.ofMinutes(1));
        stripe.v1().subscriptions().cancel(bought(acme).getId());
        db.update(SUBSCRIPTION).set(SUBSCRIPTION.STRIPE_ID, "sub_nobody" + story.number()).where(SUBSCRIPTION.STRIPE_ID.eq(bought(globex).getId())).execute();
        compare();
        assertThat(open(acme).getFirst().at("/aspect").asString()).isEqualTo("NOT_AT_STRIPE");
        assertThat(open(globex)).extracting(each -> each.at("/aspect").asString()).contains("NOT_AT_STRIPE", "NOT_HERE");

        for (JsonNode each : open(globex)) {
            if (each.at("/aspect").asString().equals("NOT_AT_STRIPE")) {
                repair(each.at("/id").asString());
            }
        }
        repair(open(acme).getFirst().at("/id").asString());
        while (repairs.step()) { }

        assertThat(running(acme)).isZero();
        assertThat(running(globex)).isZero();
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { planChanges { state failureCode } } }", "key", globex).at("/account/planChanges").valueStream())
                .as("what was open, and what waited").extracting(change -> change.at("/state").asString() + " " + change.at("/failureCode").asString())
                .containsExactly("ABANDONED subscription_ended", "ABANDONED subscription_ended");
        for (JsonNode each : open(globex)) {
            repair(each.at("/id").asString());
        }
        while (repairs.step()) { }
        assertThat(running(globex)).as("taken in").isEqualTo(1);
    }

    @Test
    void whatSomebodyDiedOverBeginningIsTakenInAsWhatItWasBegunAs() throws StripeException {
        String globex = story.account("globex");
        story.card(globex, "pm_card_visa");
        UUID begun = UUID.randomUUID();
        subscribe(customer(globex), Map.of("headroom_subscription", begun.toString()));
        stories.clock().advance(Duration.ofMinutes(1));
        compare();
        repair(open(globex).getFirst().at("/id").asString());
        while (repairs.step()) { }

        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { subscriptions { id } } }", "key", globex).text("/account/subscriptions/0/id"))
                .isEqualTo(begun.toString());
    }

    @Test
    void whatCannotBeRepairedSaysWhy() throws StripeException {
        subscribe(customer(acme));
        stories.clock().advance(Duration.ofMinutes(1));
        compare();
        repair(open(acme).getFirst().at("/id").asString());
        while (repairs.step()) { }

        assertThat(open(acme).getFirst().at("/failure").asString()).contains("subscription_live");
        assertThat(open(acme).getFirst().at("/repairAskedBy").isNull()).isTrue();
    }

    @Test
    void aCustomerThatIsGoneIsForgottenSoThatTheNextPaymentMakesAnother() throws StripeException {
        String globex = story.account("globex");
        story.card(globex, "pm_card_visa");
        stories.clock().advance(Duration.ofDays(2));
        String gone = customer(globex);
        stripe.v1().customers().delete(gone);
        compare();
        assertThat(open(globex).getFirst().at("/aspect").asString()).isEqualTo("CUSTOMER_GONE");

        repair(open(globex).getFirst().at("/id").asString());
        while (repairs.step()) { }

        story.card(globex, "pm_card_visa");
        assertThat(customer(globex)).isNotEqualTo(gone);
    }

    @Test
    void aCustomerWhomTheComparisonHasNotMetIsNotForgotten() {
        String globex = story.account("globex");
        stories.clock().advance(Duration.ofDays(2));
        Walk walk = reconciliations.start(TEST, UUID.randomUUID().toString());
        while (!ReconciliationPages.Stage.OUR_SUBSCRIPTIONS.name().equals(db.fetchValue("select stage from sync.walk where id = {0}", DSL.val(walk.id())))) {
            reconciliations.step();
        }
        story.card(globex, "pm_card_visa");
        String made = customer(globex);
        while (reconciliations.step()) { }
        assertThat(open(globex).getFirst().at("/aspect").asString()).isEqualTo("CUSTOMER_GONE");

        repair(open(globex).getFirst().at("/id").asString());
        while (repairs.step()) { }

        assertThat(customer(globex)).isEqualTo(made);
    }

    @Test
    void itGoesOnWhereItWasWhenStripeFallsSilentAndAsksForPagesNotForSubscriptions() throws StripeException {
        String customer = stripe.v1().customers().create(CustomerCreateParams.builder().setName("Elsewhere").build()).getId();
        for (int i = 0; i < 120; i++) {
            subscribe(customer);
        }
        forgetToHear(9);
        Walk walk = reconciliations.start(TEST, UUID.randomUUID().toString());
        assertThat(reconciliations.step()).isTrue();
        try (StripeWireCheck.Trouble _ = wire.trouble("GET /v1/subscriptions.*", 503, "api_error")) {
            assertThat(reconciliations.step()).isTrue();
        }
        assertThat(reconciliations.step()).as("left alone for a while").isFalse();
        assertThat(reconciliations.start(TEST, UUID.randomUUID().toString()).id()).as("one at a time").isEqualTo(walk.id());
        stories.clock().advance(Duration.ofSeconds(31));
        int steps = 0;
        while (reconciliations.step()) {
            steps++;
        }

        Walk ended = reconciliations.newest(TEST, 1).getFirst();
        assertThat(ended.id()).isEqualTo(walk.id());
        assertThat(ended.finishedAt()).isNotNull();
        assertThat(ended.read()).isGreaterThan(120);
        assertThat(steps).isLessThan(ended.read() / 10 + 5);
        assertThat(open(acme)).hasSize(1);
    }

    @Test
    void thereIsOneADayAndItIsForAdministratorsAlone() {
        stories.clock().advance(Duration.ofDays(1));
        reconciliations.schedule();
        reconciliations.schedule();
        Walk daily = reconciliations.newest(TEST, 1).getFirst();
        assertThat(daily.askedBy()).isEqualTo("system:reconciliation");
        assertThat(daily.finishedAt()).isNull();
        while (reconciliations.step()) { }

        assertThat(stories.api(stories.secret(Set.of(Permission.READ))).ask("{ stripeDifferences { id } }").errorCode()).isEqualTo("FORBIDDEN");
    }

    private void compare() {
        story.backend().ask("mutation ($input: StartReconciliationInput!) { startReconciliation(input: $input) { reconciliation { id } } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString())).at("/startReconciliation");
        while (reconciliations.step()) { }
        assertThat(reconciliations.newest(TEST, 1).getFirst().failure()).isNull();
    }

    private void forgetToHear(long quantity) {
        UUID id = accounts.meant(TEST, acme).id().value();
        db.update(ITEM).set(ITEM.QUANTITY, quantity).where(ITEM.ACCOUNT_ID.eq(id)).execute();
    }

    private List<JsonNode> open(String account) {
        return differences(account, false);
    }

    private List<JsonNode> ended(String account) {
        return differences(account, true);
    }

    private List<JsonNode> differences(String account, boolean ended) {
        Api.Answer answer = story.backend().ask("""
                query ($ended: Boolean!) { stripeDifferences(first: 100, ended: $ended) {
                  id stripeId account { key } aspect ours theirs firstSeenAt lastSeenAt repairAskedBy failure endedAt endedBy } }""", "ended", ended);
        return answer.at("/stripeDifferences").valueStream().filter(each -> each.at("/account/key").asString().equals(account)).toList();
    }

    private int repair(String difference) {
        return story.backend().ask("mutation ($input: RepairStripeDifferencesInput!) { repairStripeDifferences(input: $input) { asked } }",
                "input", Map.of("differences", List.of(difference))).at("/repairStripeDifferences/asked").asInt();
    }

    private long seats() {
        stories.clock().advance(Duration.ofSeconds(2));
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { seats { bought } } } }", "key", acme)
                .at("/account/subscription/seats/bought").asLong();
    }

    private int running(String account) {
        stories.clock().advance(Duration.ofSeconds(2));
        return story.backend().ask("query ($key: String) { account(key: $key) { subscriptions { id } } }", "key", account).at("/account/subscriptions").size();
    }

    private String customer(String account) {
        return String.valueOf(accounts.meant(TEST, account).stripeCustomer());
    }

    private Subscription bought(String account) throws StripeException {
        return stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer(account)).build()).getData().getFirst();
    }

    /** By hand at Stripe: of the plan that costs nothing. */
    private void subscribe(String customer) throws StripeException {
        subscribe(customer, Map.of());
    }

    private void subscribe(String customer, Map<String, String> metadata) throws StripeException {
        String free = links.remote(Kind.PRICE, catalog.snapshot().onSale(catalog.snapshot().plan(story.key("free")).orElseThrow()).orElseThrow()
                .prices().getFirst().id().value()).orElseThrow();
        stripe.v1().subscriptions().create(SubscriptionCreateParams.builder().setCustomer(customer).putAllMetadata(metadata)
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(free).build()).build());
    }
}
