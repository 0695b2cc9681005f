package dev.headroom.sandbox;

import static dev.headroom.sandbox.SandboxStory.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionItemCreateParams;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionItemListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PaymentBehavior;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Stripe refuses leaves everything as it was. */
class RefusalTest {

    private static final int MOST_ITEMS = 20;

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void aTwentyFirstItemAtTheStart() throws StripeException {
        Price last = story.monthly(1000);
        assertThat(items(withItems(MOST_ITEMS - 1, last))).hasSize(MOST_ITEMS);
        refused("items", () -> withItems(MOST_ITEMS, last));
        assertThat(story.stripe.subscriptions().list().getData()).hasSize(1);
    }

    @Test
    void aTwentyFirstItemLater() throws StripeException {
        Subscription full = withItems(MOST_ITEMS - 1, story.monthly(1000));
        Price more = story.monthly(3000);
        refused("items", () -> story.stripe.subscriptionItems().create(SubscriptionItemCreateParams.builder()
                .setSubscription(full.getId()).setPrice(more.getId()).build()));
        assertThat(items(full)).hasSize(MOST_ITEMS);

        Subscription swapped = story.update(full, SubscriptionUpdateParams.builder()
                .addItem(SubscriptionUpdateParams.Item.builder().setPrice(more.getId()).build())
                .addItem(SubscriptionUpdateParams.Item.builder().setId(full.getItems().getData().getFirst().getId()).setDeleted(true).build()));
        assertThat(items(swapped)).as("one goes as another comes").hasSize(MOST_ITEMS);
    }

    @Test
    void anUpdateThatWouldWaitForAPaymentThatNothingCanMake() throws StripeException {
        Subscription free = withoutCard();
        refused(null, () -> story.update(free, to(free, story.monthly(2000), 1).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE)
                .setPaymentBehavior(PaymentBehavior.PENDING_IF_INCOMPLETE)));

        Subscription after = story.stripe.subscriptions().retrieve(free.getId());
        assertThat(after.getPendingUpdate()).isNull();
        assertThat(after.getLatestInvoice()).isEqualTo(free.getLatestInvoice());
        assertThat(story.stripe.invoices().list().getData()).hasSize(1);
    }

    @Test
    void notWhereNothingIsDue() throws StripeException {
        Subscription free = withoutCard();
        Subscription changed = story.update(free, to(free, story.monthly(0), 5).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE)
                .setPaymentBehavior(PaymentBehavior.PENDING_IF_INCOMPLETE));

        assertThat(changed.getItems().getData().getFirst().getQuantity()).isEqualTo(5);
        assertThat(changed.getPendingUpdate()).isNull();
    }

    @Test
    void aPendingUpdateOfMoreThanPricesAndQuantities() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        String item = subscription.getItems().getData().getFirst().getId();
        refused("items[0]", () -> story.update(subscription, SubscriptionUpdateParams.builder()
                .setPaymentBehavior(PaymentBehavior.PENDING_IF_INCOMPLETE)
                .addItem(SubscriptionUpdateParams.Item.builder().setId(item).setQuantity(2L).putMetadata("team", "blue").build())));
        refused("description", () -> story.update(subscription, SubscriptionUpdateParams.builder()
                .setPaymentBehavior(PaymentBehavior.PENDING_IF_INCOMPLETE).setDescription("other")));
        assertThat(story.stripe.subscriptionItems().retrieve(item).getQuantity()).isEqualTo(1);
    }

    @Test
    void aPendingUpdateOfOneItemLikewise() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        String item = subscription.getItems().getData().getFirst().getId();
        refused("items[0]", () -> story.stripe.subscriptionItems().update(item, SubscriptionItemUpdateParams.builder().setQuantity(2L)
                .setPaymentBehavior(SubscriptionItemUpdateParams.PaymentBehavior.PENDING_IF_INCOMPLETE).putMetadata("team", "blue").build()));
        assertThat(story.stripe.subscriptionItems().update(item, SubscriptionItemUpdateParams.builder().setQuantity(2L)
                .setPaymentBehavior(SubscriptionItemUpdateParams.PaymentBehavior.PENDING_IF_INCOMPLETE).build()).getQuantity()).isEqualTo(2);
    }

    private static void refused(String parameter, ThrowingCallable request) {
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(request).satisfies(refusal -> {
            assertThat(refusal.getStatusCode()).isEqualTo(400);
            assertThat(refusal.getParam()).isEqualTo(parameter);
        });
    }

    private Subscription withoutCard() throws StripeException {
        return story.subscribe(story.stripe.customers().create(CustomerCreateParams.builder().setName("Nobody").build()), story.monthly(0), 1);
    }

    private List<SubscriptionItem> items(Subscription of) throws StripeException {
        return story.stripe.subscriptionItems().list(SubscriptionItemListParams.builder().setSubscription(of.getId()).setLimit(100L).build()).getData();
    }

    private Subscription withItems(int others, Price last) throws StripeException {
        SubscriptionCreateParams.Builder params = SubscriptionCreateParams.builder().setCustomer(story.customer("pm_card_visa").getId());
        for (int i = 1; i <= others; i++) {
            params.addItem(SubscriptionCreateParams.Item.builder().setPrice(story.monthly(i).getId()).build());
        }
        return story.stripe.subscriptions().create(params.addItem(SubscriptionCreateParams.Item.builder().setPrice(last.getId()).build()).build());
    }
}
