package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Somebody sets the quantity of a plan to 0 at Stripe: it costs nothing and seats nobody, until seats are bought again. */
@HeadroomTest
class NoSeatsStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
    }

    @Test
    void aPlanOfNoSeatsIsReadAndGrowsAgain() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        stories.pass(Duration.ofDays(10));
        none(acme);

        assertThat(seen(acme, "/state").asString()).isEqualTo("ACTIVE");
        assertThat(seen(acme, "/plan/key").asString()).isEqualTo(story.key("team"));
        assertThat(seen(acme, "/seats/bought").asLong()).isZero();
        assertThat(seen(acme, "/recurring/amountMinor").asLong()).isZero();
        assertThat(movements(acme)).first().isEqualTo("CONTRACTION -12500");
        JsonNode seats = story.entitlement(story.backend(), acme, "seats", 1).at("/entitlement");
        assertThat(seats.path("allowed").asBoolean()).isFalse();
        assertThat(seats.path("limit").asLong()).isZero();

        JsonNode quote = story.quote(story.backend(), acme, Map.of("seats", 3)).at("/account/quote");
        assertThat(quote.at("/recurring/before/amountMinor").asLong()).isZero();
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(7_500);
        JsonNode change = story.accept(quote.path("token").asString()).at("/changePlan/change");
        assertThat(change.path("state").asString()).isEqualTo("APPLIED");
        assertThat(change.path("charged")).isEqualTo(change.path("due"));
        assertThat(seen(acme, "/seats/bought").asLong()).isEqualTo(3);
        assertThat(movements(acme)).first().asString().endsWith(" 7500");
    }

    @Test
    void anotherPlanThanOneOfNoSeatsIsQuotedForOneSeat() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        none(acme);

        JsonNode quote = story.quote(story.backend(), acme, Map.of("plan", story.key("pro"))).at("/account/quote");

        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(4_900);
        assertThat(story.accept(quote.path("token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(seen(acme, "/seats/bought").asLong()).isOne();
    }

    @Test
    void aFlatPlanOfWhichThereIsNoneCostsNothing() throws StripeException {
        String acme = story.subscribed("acme", "starter", 0);
        none(acme);

        assertThat(seen(acme, "/plan/key").asString()).isEqualTo(story.key("starter"));
        assertThat(seen(acme, "/recurring/amountMinor").asLong()).isZero();
        assertThat(story.accept(story.token(acme, Map.of("plan", story.key("team"), "seats", 2))).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(seen(acme, "/recurring/amountMinor").asLong()).isEqualTo(5_000);
    }

    @Test
    void itRenewsForNothing() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        none(acme);

        stories.pass(Duration.ofDays(32));
        stories.settle();

        assertThat(seen(acme, "/seats/bought").asLong()).isZero();
        assertThat(seen(acme, "/state").asString()).isEqualTo("ACTIVE");
    }

    private void none(String account) throws StripeException {
        String customer = accounts.meant(new Actor.System("test"), account).stripeCustomer();
        Subscription bought = stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer).build()).getData().getFirst();
        stripe.v1().subscriptionItems().update(bought.getItems().getData().getFirst().getId(), SubscriptionItemUpdateParams.builder().setQuantity(0L)
                .setProrationBehavior(SubscriptionItemUpdateParams.ProrationBehavior.NONE).build());
        stories.settle();
    }

    private JsonNode seen(String account, String pointer) {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { state plan { key } seats { bought } recurring { amountMinor } } } }""",
                "key", account).at("/account/subscription" + pointer);
    }

    private List<String> movements(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { movements { growth mrrBefore { amountMinor } mrrAfter { amountMinor } } } }", "key", account)
                .at("/account/movements").valueStream()
                .map(movement -> movement.at("/growth").asString() + " " + (movement.at("/mrrAfter/amountMinor").asLong() - movement.at("/mrrBefore/amountMinor").asLong())).toList();
    }
}
