package dev.headroom.sandbox;

import static dev.headroom.sandbox.SandboxStory.amounts;
import static dev.headroom.sandbox.SandboxStory.classic;
import static dev.headroom.sandbox.SandboxStory.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceItem;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceItemListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionUpdateParams.BillingCycleAnchor;
import com.stripe.param.SubscriptionUpdateParams.PaymentBehavior;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is billed beside whole periods: prorations, and what somebody adds by hand. April has thirty days, and its middle is the 16th. */
class InvoiceItemTest {

    private static final String MIDDLE = "2026-04-16T00:00:00Z";
    private static final String RENEWAL = "2026-05-01T00:00:00Z";

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void aProrationWaitsAsTwoInvoiceItemsUntilTheRenewalTakesThem() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        String first = subscription.getLatestInvoice();
        story.travelTo(MIDDLE);
        story.update(subscription, to(subscription, story.monthly(2000), 3));

        List<InvoiceItem> waiting = pending(subscription);
        assertThat(waiting).extracting(InvoiceItem::getAmount).containsExactly(-500L, 3000L);
        assertThat(waiting).allMatch(item -> item.getProration() && item.getInvoice() == null && !item.getDiscountable());
        assertThat(waiting).extracting(item -> item.getParent().getSubscriptionDetails().getSubscriptionItem())
                .containsOnly(subscription.getItems().getData().getFirst().getId());
        InvoiceItem.ProrationDetails.CreditedItems credited = waiting.getFirst().getProrationDetails().getCreditedItems();
        assertThat(credited.getType()).isEqualTo("invoice_line_items");
        assertThat(credited.getInvoiceLineItemDetails().getInvoice()).isEqualTo(first);
        assertThat(waiting.getLast().getProrationDetails().getCreditedItems()).isNull();
        assertThat(story.eventTypes()).filteredOn("invoiceitem.created"::equals).hasSize(2);

        story.travelTo(RENEWAL);
        Invoice renewal = story.latestInvoice(subscription);
        assertThat(amounts(renewal)).containsExactly(-500L, 3000L, 6000L);
        assertThat(parents(renewal)).containsExactly("invoice_item_details", "invoice_item_details", "subscription_item_details");
        assertThat(renewal.getLines().getData().getFirst().getParent().getInvoiceItemDetails().getInvoiceItem()).isEqualTo(waiting.getFirst().getId());
        assertThat(pending(subscription)).isEmpty();
        assertThat(story.stripe.invoiceItems().retrieve(waiting.getFirst().getId()).getInvoice()).isEqualTo(renewal.getId());
    }

    @Test
    void aProrationThatIsInvoicedAtOnceHasItsItemsTooAndItsPreviewHasNot() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        String first = subscription.getLatestInvoice();
        Price target = story.monthly(2000);
        story.travelTo(MIDDLE);
        Invoice preview = story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId())
                .setSubscriptionDetails(InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                        .setProrationBehavior(InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.ALWAYS_INVOICE)
                        .addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder()
                                .setId(subscription.getItems().getData().getFirst().getId()).setPrice(target.getId()).build()).build()).build());
        assertThat(preview.getLines().getData()).allMatch(line -> line.getParent().getSubscriptionItemDetails().getProration());
        assertThat(story.stripe.invoiceItems().list().getData()).isEmpty();

        story.update(subscription, to(subscription, target, 1).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
        Invoice invoice = story.latestInvoice(subscription);
        assertThat(amounts(invoice)).isEqualTo(amounts(preview)).containsExactly(-500L, 1000L);
        assertThat(invoice.getLines().getData()).allSatisfy(line -> {
            InvoiceLineItem.Parent.InvoiceItemDetails details = line.getParent().getInvoiceItemDetails();
            assertThat(line.getParent().getSubscriptionItemDetails()).isNull();
            assertThat(details.getProration()).isTrue();
            assertThat(details.getSubscription()).isEqualTo(subscription.getId());
            assertThat(story.stripe.invoiceItems().retrieve(details.getInvoiceItem()).getInvoice()).isEqualTo(invoice.getId());
        });
        assertThat(credited(invoice, 0).getInvoice()).isEqualTo(first);
        assertThat(credited(invoice, 1)).isNull();
        assertThat(story.stripe.invoiceItems().list(InvoiceItemListParams.builder().setInvoice(invoice.getId()).build()).getData()).hasSize(2);
        assertThat(pending(subscription)).isEmpty();
    }

    @Test
    void aCreditNamesTheItemThatItGivesBackWhileBothWaitAndTheLineOnTheirInvoice() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        story.travelTo(MIDDLE);
        story.update(subscription, to(subscription, story.monthly(2000), 1));
        story.update(subscription, to(subscription, story.monthly(4000), 1));

        List<InvoiceItem> waiting = pending(subscription);
        assertThat(waiting).extracting(InvoiceItem::getAmount).containsExactly(-500L, 1000L, -1000L, 2000L);
        assertThat(waiting.get(2).getProrationDetails().getCreditedItems().getType()).isEqualTo("invoice_item");
        assertThat(waiting.get(2).getProrationDetails().getCreditedItems().getInvoiceItem()).isEqualTo(waiting.get(1).getId());

        story.travelTo(RENEWAL);
        Invoice renewal = story.latestInvoice(subscription);
        assertThat(amounts(renewal)).containsExactly(-500L, 1000L, -1000L, 2000L, 4000L);
        assertThat(credited(renewal, 2).getInvoice()).isEqualTo(renewal.getId());
        assertThat(credited(renewal, 2).getInvoiceLineItems()).containsExactly(renewal.getLines().getData().get(1).getId());
    }

    @Test
    void flexibleBillingTakesWhatWaitsOnEveryInvoice() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        story.travelTo(MIDDLE);
        story.update(subscription, to(subscription, story.monthly(2000), 1));
        story.update(subscription, to(subscription, story.monthly(3000), 1).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE)
                .setBillingCycleAnchor(BillingCycleAnchor.NOW));

        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(-500L, 1000L, -1000L, 3000L);
        assertThat(pending(subscription)).isEmpty();
    }

    @Test
    void classicBillingLeavesWhatWaitsWhenANewCycleIsInvoicedAtOnce() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1, classic());
        story.travelTo(MIDDLE);
        story.update(subscription, to(subscription, story.monthly(2000), 1));
        story.update(subscription, to(subscription, story.monthly(3000), 1).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE)
                .setBillingCycleAnchor(BillingCycleAnchor.NOW));
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(-1000L, 3000L);
        assertThat(pending(subscription)).hasSize(2);

        story.update(subscription, to(subscription, story.monthly(3000), 2).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
        assertThat(amounts(story.latestInvoice(subscription))).as("within the cycle").containsExactly(-500L, 1000L, -3000L, 6000L);
    }

    @Test
    void whatIsAddedByHandIsBilledWithTheNextInvoiceOfTheCustomer() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1);
        Price setUp = story.stripe.prices().create(PriceCreateParams.builder().setCurrency("usd").setProduct(story.product("Set-up").getId()).setUnitAmount(250L).build());
        InvoiceItem work = story.stripe.invoiceItems().create(InvoiceItemCreateParams.builder().setCustomer(customer.getId()).setQuantity(3L)
                .setPricing(InvoiceItemCreateParams.Pricing.builder().setPrice(setUp.getId()).build()).putMetadata("by", "hand").build());
        InvoiceItem sorry = story.stripe.invoiceItems().create(InvoiceItemCreateParams.builder().setCustomer(customer.getId()).setAmount(-100L)
                .setCurrency("usd").setDescription("Sorry").setSubscription(subscription.getId()).build());
        InvoiceItem mistake = story.stripe.invoiceItems().create(InvoiceItemCreateParams.builder().setCustomer(customer.getId()).setAmount(1L).setCurrency("usd").build());
        assertThat(story.stripe.invoiceItems().delete(mistake.getId()).getDeleted()).isTrue();
        assertThat(story.eventTypes()).contains("invoiceitem.deleted");
        story.travelTo(RENEWAL);

        Invoice renewal = story.latestInvoice(subscription);
        assertThat(amounts(renewal)).containsExactly(750L, -100L, 1000L);
        assertThat(renewal.getLines().getData()).extracting(InvoiceLineItem::getDescription).contains("Sorry");
        assertThat(renewal.getLines().getData().getFirst().getParent().getInvoiceItemDetails().getProration()).isFalse();
        assertThat(story.stripe.invoiceItems().retrieve(work.getId()).getInvoice()).isEqualTo(renewal.getId());
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.invoiceItems().delete(sorry.getId()));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.invoiceItems().retrieve(mistake.getId()));
    }

    @Test
    void anotherSubscriptionLeavesWhatNamesOne() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription first = story.subscribe(customer, story.monthly(1000), 1);
        story.stripe.invoiceItems().create(InvoiceItemCreateParams.builder().setCustomer(customer.getId()).setAmount(77L).setCurrency("usd")
                .setSubscription(first.getId()).build());
        Subscription second = story.subscribe(customer, story.monthly(2000), 1);

        assertThat(amounts(story.latestInvoice(second))).containsExactly(2000L);
        assertThat(pending(first)).hasSize(1);
    }

    @Test
    void aDebitThatWasDeletedBeforeItWasBilledIsNotCreditedLater() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        story.travelTo(MIDDLE);
        story.update(subscription, to(subscription, story.monthly(2000), 1));
        story.stripe.invoiceItems().delete(pending(subscription).getLast().getId());
        story.update(subscription, to(subscription, story.monthly(4000), 1).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));

        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(-500L, 2000L);
    }

    @Test
    void whatAnUnpaidUpdateTookAlongWaitsAgainOnceItIsDiscarded() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_chargeCustomerFail"), story.monthly(0), 1);
        story.travelTo(MIDDLE);
        story.update(subscription, to(subscription, story.monthly(2000), 1));
        Subscription pending = story.update(subscription, to(subscription, story.monthly(4000), 1).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE)
                .setPaymentBehavior(PaymentBehavior.PENDING_IF_INCOMPLETE));
        assertThat(pending.getPendingUpdate()).isNotNull();
        assertThat(pending(subscription)).isEmpty();
        assertThat(amounts(story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId()).build())))
                .as("discarding comes before billing").containsExactly(1000L, 2000L);

        story.stripe.invoices().voidInvoice(pending.getLatestInvoice());
        assertThat(pending(subscription)).extracting(InvoiceItem::getAmount).containsExactly(1000L);
        assertThat(story.stripe.invoiceItems().list(InvoiceItemListParams.builder().setInvoice(pending.getLatestInvoice()).build()).getData())
                .as("the discarded update's own").extracting(InvoiceItem::getAmount).containsExactly(2000L, -1000L);
    }

    @Test
    void cancellingAtOnceDropsProrationsAndKeepsWhatWasAddedByHand() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1);
        story.stripe.invoiceItems().create(InvoiceItemCreateParams.builder().setCustomer(customer.getId()).setAmount(300L).setCurrency("usd").build());
        story.travelTo(MIDDLE);
        story.update(subscription, to(subscription, story.monthly(2000), 1));
        story.stripe.subscriptions().cancel(subscription.getId(), SubscriptionCancelParams.builder().build());

        assertThat(pending(subscription)).extracting(InvoiceItem::getAmount).containsExactly(300L);
        assertThat(story.eventTypes()).filteredOn("invoiceitem.deleted"::equals).hasSize(2);
    }

    private List<InvoiceItem> pending(Subscription subscription) throws StripeException {
        return story.stripe.invoiceItems().list(InvoiceItemListParams.builder().setCustomer(subscription.getCustomer()).setPending(true).build()).getData().reversed();
    }

    private static List<String> parents(Invoice invoice) {
        return invoice.getLines().getData().stream().map(line -> line.getParent().getType()).toList();
    }

    private static InvoiceLineItem.Parent.InvoiceItemDetails.ProrationDetails.CreditedItems credited(Invoice invoice, int line) {
        return invoice.getLines().getData().get(line).getParent().getInvoiceItemDetails().getProrationDetails().getCreditedItems();
    }
}
