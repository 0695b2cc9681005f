package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceItemListParams;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionItemUpdateParams.ProrationBehavior;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Somebody bills by hand at Stripe: whatever else is on an invoice, what was billed for seats is found on it, and no more is charged than was promised. */
@HeadroomTest
class InvoiceLinesStoryTest {

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
    void whatWasBilledForSeatsIsFoundBehindElevenOtherLines() throws StripeException {
        byHand(11);
        JsonNode period = story.backend().ask("query ($key: String) { account(key: $key) { subscription { period { seconds } } } }", "key", acme)
                .at("/account/subscription/period");
        stories.pass(Duration.ofSeconds(period.at("/seconds").asLong()));
        stories.settle();
        story.halfway(acme);
        sell(3, ProrationBehavior.NONE);
        stories.settle();

        JsonNode change = applied(6);
        assertThat(change.at("/charged")).isEqualTo(change.at("/due"));
    }

    @Test
    void whatWasGivenBackOnTheSameInvoiceIsNotGivenBackAgain() throws StripeException {
        story.halfway(acme);
        sell(7, ProrationBehavior.CREATE_PRORATIONS);
        sell(8, ProrationBehavior.ALWAYS_INVOICE);
        stories.settle();

        JsonNode change = applied(9);
        assertThat(change.at("/charged")).isEqualTo(change.at("/due"));
    }

    @Test
    void whatWaitsForTheNextInvoiceIsNotChargedUnderAQuoteThatDoesNotNameIt() throws StripeException {
        String token = story.token(acme, Map.of("seats", 6));
        byHand(2);

        Api.Answer answer = story.accept(token);

        assertThat(answer.text("/changePlan/__typename")).isEqualTo("QuoteIsStale");
        assertThat(stripe.v1().invoiceItems().list(InvoiceItemListParams.builder().setCustomer(customer()).setPending(true).build()).getData()).hasSize(2);
    }

    private JsonNode applied(long seats) {
        JsonNode change = story.accept(story.token(acme, Map.of("seats", seats))).at("/changePlan/change");
        assertThat(change.at("/state").asString()).isEqualTo("APPLIED");
        return change;
    }

    private void sell(long seats, ProrationBehavior behavior) throws StripeException {
        Subscription bought = stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer()).build()).getData().getFirst();
        stripe.v1().subscriptionItems().update(bought.getItems().getData().getFirst().getId(),
                SubscriptionItemUpdateParams.builder().setQuantity(seats).setProrationBehavior(behavior).build());
    }

    private void byHand(int items) throws StripeException {
        for (int i = 1; i <= items; i++) {
            stripe.v1().invoiceItems().create(InvoiceItemCreateParams.builder().setCustomer(customer()).setAmount(100L).setCurrency("usd")
                    .setDescription("Work " + i).build());
        }
    }

    private String customer() {
        return accounts.meant(new Actor.System("test"), acme).stripeCustomer();
    }
}
