package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.SubscriptionSchedule;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionItemCreateParams;
import com.stripe.param.SubscriptionItemDeleteParams;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionScheduleCreateParams;
import com.stripe.param.SubscriptionScheduleUpdateParams;
import com.stripe.param.SubscriptionScheduleUpdateParams.Phase;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Somebody bills at Stripe what we do not sell: what we sell goes on being followed, and no amount is promised that nobody here can know. */
@HeadroomTest
@ExtendWith(OutputCaptureExtension.class)
class ForeignPriceStoryTest {

    private static final long CONSULTING = 10_000;

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccountWithFiveSeats() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        stories.settle();
    }

    @Test
    void whatSomebodyScheduledAtStripeIsNotInterferedWith() throws StripeException {
        SubscriptionSchedule schedule = stripe.v1().subscriptionSchedules().create(
                SubscriptionScheduleCreateParams.builder().setFromSubscription(bought().getId()).build());
        stories.settle();
        assertThat(story.token(acme, Map.of("seats", 6))).as("there is nothing in it yet").isNotEmpty();
        arrangeSeven(schedule);
        stories.settle();
        assertThat(rule()).isEqualTo("FOREIGN_SCHEDULE");

        stripe.v1().subscriptionSchedules().release(schedule.getId());
        stories.settle();
        story.accept(story.token(acme, Map.of("seats", 4))).at("/changePlan/change");
        stories.settle();
        assertThat(story.token(acme, Map.of("seats", 6))).as("our own schedule keeps nothing from being changed").isNotEmpty();
    }

    @Test
    void whatWeSellIsFollowedBesideItAndNothingIsQuoted(CapturedOutput log) throws StripeException {
        String promised = story.token(acme, Map.of("seats", 6));
        SubscriptionItem ours = bought().getItems().getData().getFirst();
        SubscriptionItem foreign = stripe.v1().subscriptionItems().create(SubscriptionItemCreateParams.builder()
                .setSubscription(bought().getId()).setPrice(consulting()).setQuantity(1L)
                .setProrationBehavior(SubscriptionItemCreateParams.ProrationBehavior.NONE).build());
        stories.settle();

        assertThat(seen().at("/foreignPrices/0").asString()).isEqualTo(foreign.getPrice().getId());
        assertThat(rule()).isEqualTo("FOREIGN_PRICE");
        Api.Answer stale = story.accept(promised);
        assertThat(stale.text("/changePlan/why")).isEqualTo("SUBSCRIPTION_CHANGED");
        assertThat(stale.text("/changePlan/freshQuote/rule")).isEqualTo("FOREIGN_PRICE");
        assertThat(upgradeRules()).isEqualTo("FOREIGN_PRICE");

        stripe.v1().subscriptionItems().update(ours.getId(), SubscriptionItemUpdateParams.builder().setQuantity(7L)
                .setProrationBehavior(SubscriptionItemUpdateParams.ProrationBehavior.NONE).build());
        stories.settle();
        assertThat(seen().at("/seats/bought").asLong()).isEqualTo(7);
        assertThat(seen().at("/recurring/amountMinor").asLong()).isEqualTo(7 * 2_500);
        assertThat(log.getOut().split("Stripe bills on subscription " + bought().getId(), -1)).as("said once").hasSize(2);

        stripe.v1().subscriptionItems().delete(foreign.getId(), SubscriptionItemDeleteParams.builder()
                .setProrationBehavior(SubscriptionItemDeleteParams.ProrationBehavior.NONE).build());
        stories.settle();
        assertThat(seen().at("/foreignPrices").size()).isZero();
        assertThat(story.accept(story.token(acme, Map.of("seats", 8))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void aChangeThatMetItOnItsWayCostsWhatWasPromised() throws StripeException {
        String promised = story.token(acme, Map.of("seats", 6));
        stripe.v1().subscriptionItems().create(SubscriptionItemCreateParams.builder()
                .setSubscription(bought().getId()).setPrice(consulting()).setQuantity(1L)
                .setProrationBehavior(SubscriptionItemCreateParams.ProrationBehavior.NONE).build());

        JsonNode change = story.accept(promised).at("/changePlan/change");

        assertThat(change.at("/state").asString()).isEqualTo("APPLIED");
        assertThat(change.at("/charged")).isEqualTo(change.at("/due"));
        assertThat(seen().at("/seats/bought").asLong()).isEqualTo(6);
        assertThat(seen().at("/foreignPrices").size()).isEqualTo(1);
        assertThat(rule()).isEqualTo("FOREIGN_PRICE");
    }

    @Test
    void whereNothingIsLeftThatWeSellThePlanStaysAsLastKnownAndItsEndIsHeardOf() throws StripeException {
        stripe.v1().subscriptionItems().update(bought().getItems().getData().getFirst().getId(), SubscriptionItemUpdateParams.builder()
                .setPrice(consulting()).setQuantity(1L).setProrationBehavior(SubscriptionItemUpdateParams.ProrationBehavior.NONE).build());
        stories.settle();

        assertThat(seen().at("/plan/key").asString()).isEqualTo(story.key("team"));
        assertThat(seen().at("/seats/bought").asLong()).isEqualTo(5);
        assertThat(seen().at("/state").asString()).isEqualTo("ACTIVE");
        assertThat(rule()).isEqualTo("FOREIGN_PRICE");

        stripe.v1().subscriptions().cancel(bought().getId());
        stories.settle();
        assertThat(seen().isNull()).isTrue();
        assertThat(rule()).isEqualTo("NO_SUBSCRIPTION");
    }

    private void arrangeSeven(SubscriptionSchedule made) throws StripeException {
        SubscriptionSchedule.Phase runs = made.getPhases().getFirst();
        stripe.v1().subscriptionSchedules().update(made.getId(), SubscriptionScheduleUpdateParams.builder()
                .addPhase(phase(5L).setStartDate(runs.getStartDate()).setEndDate(runs.getEndDate()).build())
                .addPhase(phase(7L).build())
                .setEndBehavior(SubscriptionScheduleUpdateParams.EndBehavior.RELEASE).build());
    }

    private Phase.Builder phase(long seats) throws StripeException {
        return Phase.builder().addItem(Phase.Item.builder().setPrice(bought().getItems().getData().getFirst().getPrice().getId()).setQuantity(seats).build());
    }

    private Subscription bought() throws StripeException {
        String customer = accounts.meant(new Actor.System("test"), acme).stripeCustomer();
        return stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer).build()).getData().getFirst();
    }

    private String consulting() throws StripeException {
        String product = stripe.v1().products().create(ProductCreateParams.builder().setName("Consulting").build()).getId();
        return stripe.v1().prices().create(PriceCreateParams.builder().setProduct(product).setCurrency("usd").setUnitAmount(CONSULTING)
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build()).build()).getId();
    }

    private String rule() {
        return story.quote(story.backend(), acme, Map.of("seats", 9, "plan", story.key("team"))).text("/account/quote/rule");
    }

    private String upgradeRules() {
        return story.backend().ask("query ($key: String) { account(key: $key) { upgradeOptions { quote { ... on ChangeNotAllowed { rule } } } } }", "key", acme)
                .text("/account/upgradeOptions/0/quote/rule");
    }

    private JsonNode seen() {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { state plan { key } seats { bought } recurring { amountMinor } foreignPrices } } }""",
                "key", acme).at("/account/subscription");
    }
}
