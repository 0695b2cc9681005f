package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;
import static dev.headroom.stripe.StripeCalls.patiently;
import static dev.headroom.stripe.StripeCalls.translated;
import static dev.headroom.stripe.StripePages.MOST_A_PAGE;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.model.Subscription;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerBalanceTransactionCreateParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceItemListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionRetrieveParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.common.EmptyParam;
import dev.headroom.money.Money;
import dev.headroom.stripe.StripeInvoiceGateway.Document;
import dev.headroom.stripe.StripeScheduleGateway.Sold;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription.DiscountChange;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Every call that concerns one customer's money. Callers pass the idempotency key of each request that changes something; the same
 * key with the same request never acts twice. Failures are {@link StripeUnavailableException} (unknown whether it acted) or
 * {@link StripeRefusedException} (it did not).
 */
@Component
public class StripeGateway {

    /** What Stripe must send along so that one answer says everything about a subscription. */
    private static final List<String> WHOLE = List.of(
            "customer", "latest_invoice", "latest_invoice.confirmation_secret", StripeTerms.DISCOUNTED_PRODUCTS, "items.data.discounts", "schedule");

    private static final String NOTHING_UPCOMING = "invoice_upcoming_none";

    private final StripeClient stripe;

    StripeGateway(StripeClient stripe) {
        this.stripe = stripe;
    }

    /** Makes a customer and returns its id. */
    public String createCustomer(String name, String email, String accountKey, String idempotencyKey) {
        CustomerCreateParams parameters = CustomerCreateParams.builder()
                .setName(name)
                .setEmail(email)
                .putMetadata("headroom_account", accountKey)
                .build();
        return call(() -> stripe.v1().customers().create(parameters, key(idempotencyKey))).getId();
    }

    /** What came of a request that charges. */
    public sealed interface PaymentOutcome {

        /**
         * Paid, or nothing was due; the subscription is as asked for.
         *
         * @param invoice its latest one, as whoever pays has it; absent where there is none, or the answer does not tell all of it
         */
        record Paid(StripeSubscription subscription, @Nullable Document invoice) implements PaymentOutcome {}

        /**
         * The bank said no; the subscription is as it was.
         *
         * @param code Stripe's decline code, for example {@code insufficient_funds}
         */
        record Declined(String code, String message) implements PaymentOutcome {}

        /**
         * The bank wants to hear from the card's holder first; the subscription is as it was until then.
         *
         * @param confirmBy when Stripe gives up: after 23 hours, or with the period or trial if that ends before
         */
        record ActionRequired(String invoice, String clientSecret, Instant confirmBy) implements PaymentOutcome {}
    }

    /**
     * Asks Stripe for a new subscription with one item; it fails whole when the first payment does.
     *
     * @param discounts of the subscription, after those of its item
     * @param stub      the part of a period that it begins with, dated back to its beginning; absent for a whole one that begins now, or a trial
     * @param reference our id of it, kept in the metadata
     */
    public record CreateSubscription(
            String customer, Sold item, List<DiscountChange> discounts, @Nullable Instant trialUntil, @Nullable Period stub, String reference) {}

    /** Starts a subscription and takes its first payment, or does neither. */
    public PaymentOutcome create(CreateSubscription command, String idempotencyKey) {
        SubscriptionCreateParams parameters = StripeStarts.created(command).addAllExpand(WHOLE).build();
        return charge(() -> stripe.v1().subscriptions().create(parameters, key(idempotencyKey)));
    }

    /** Changes a subscription and takes or invoices what that costs, or does neither: an update whose payment fails is taken back. */
    public PaymentOutcome update(UpdateSubscription command, String idempotencyKey) {
        SubscriptionUpdateParams.Builder parameters = SubscriptionUpdateParams.builder()
                .setProrationBehavior(command.prorated()
                        ? SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE
                        : SubscriptionUpdateParams.ProrationBehavior.NONE)
                .setProrationDate(command.prorateAt().getEpochSecond())
                .addAllExpand(WHOLE);
        if (!command.byInvoice()) {
            parameters.setPaymentBehavior(command.discountsItems()
                    ? SubscriptionUpdateParams.PaymentBehavior.ERROR_IF_INCOMPLETE
                    : SubscriptionUpdateParams.PaymentBehavior.PENDING_IF_INCOMPLETE);
        }
        command.items().forEach(item -> parameters.addItem(StripeItems.updated(item)));
        Optional.ofNullable(command.discounts()).orElse(List.of()).forEach(discount -> parameters.addDiscount(updated(discount)));
        if (command.resetAnchor()) {
            parameters.setBillingCycleAnchor(SubscriptionUpdateParams.BillingCycleAnchor.NOW);
        }
        return charge(() -> stripe.v1().subscriptions().update(command.subscription(), parameters.build(), key(idempotencyKey)));
    }

    private static SubscriptionUpdateParams.Discount updated(DiscountChange change) {
        return switch (change) {
            case DiscountChange.Keep(String discount) -> SubscriptionUpdateParams.Discount.builder().setDiscount(discount).build();
            case DiscountChange.Redeem(String coupon) -> SubscriptionUpdateParams.Discount.builder().setCoupon(coupon).build();
        };
    }

    static InvoiceCreatePreviewParams.Discount previewed(DiscountChange change) {
        return switch (change) {
            case DiscountChange.Keep(String discount) -> InvoiceCreatePreviewParams.Discount.builder().setDiscount(discount).build();
            case DiscountChange.Redeem(String coupon) -> InvoiceCreatePreviewParams.Discount.builder().setCoupon(coupon).build();
        };
    }

    /**
     * Ends a subscription at once. What is billed for it for the last time is invoiced: what waits for an invoice and, where that is asked for, what
     * is given back of the running period as of the moment in which Stripe does it. One that has ended stays so.
     */
    public StripeSubscription end(String subscription, boolean prorated, String idempotencyKey) {
        SubscriptionCancelParams parameters =
                SubscriptionCancelParams.builder().setProrate(prorated).setInvoiceNow(true).addAllExpand(WHOLE).build();
        try {
            return whole(call(() -> stripe.v1().subscriptions().cancel(subscription, parameters, key(idempotencyKey))));
        } catch (StripeRefusedException refused) {
            StripeSubscription found = subscription(subscription);
            if (found.endedAt() == null) {
                throw refused;
            }
            return found;
        }
    }

    /** What {@link #end} would invoice at a second; nothing is stored. Empty when nothing is to be invoiced. */
    public Optional<StripeInvoice> previewEnd(String subscription, Instant at, boolean prorated) {
        return previewed(InvoiceCreatePreviewParams.builder().setSubscription(subscription).setSubscriptionDetails(
                InvoiceCreatePreviewParams.SubscriptionDetails.builder().setCancelNow(true).setProrationDate(at.getEpochSecond())
                        .setProrationBehavior(prorated
                                ? InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.ALWAYS_INVOICE
                                : InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.NONE)
                        .build()));
    }

    /** What {@link #create} would invoice first; nothing is stored. Empty when nothing is to be invoiced then or ever. */
    public Optional<StripeInvoice> previewStart(CreateSubscription command) {
        return previewed(StripeStarts.previewed(command));
    }

    /** What {@link #update} would invoice; nothing is stored. Empty when nothing is to be invoiced then or ever. */
    public Optional<StripeInvoice> preview(UpdateSubscription command) {
        return preview(command, InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                .setProrationBehavior(command.prorated()
                        ? InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.ALWAYS_INVOICE
                        : InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.NONE)
                .setProrationDate(command.prorateAt().getEpochSecond()));
    }

    /**
     * What a whole period would be invoiced at if the subscription were changed without prorating, with what waits for an invoice; nothing is
     * stored. Empty when nothing is to be invoiced ever.
     */
    public Optional<StripeInvoice> previewPeriod(UpdateSubscription command) {
        return preview(command, InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                .setProrationBehavior(InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.NONE));
    }

    private Optional<StripeInvoice> preview(UpdateSubscription command, InvoiceCreatePreviewParams.SubscriptionDetails.Builder details) {
        command.items().forEach(item -> details.addItem(StripeItems.previewed(item)));
        if (command.resetAnchor()) {
            details.setBillingCycleAnchor(InvoiceCreatePreviewParams.SubscriptionDetails.BillingCycleAnchor.NOW);
        }
        InvoiceCreatePreviewParams.Builder parameters = InvoiceCreatePreviewParams.builder()
                .setSubscription(command.subscription())
                .setSubscriptionDetails(details.build());
        if (command.discounts() != null && command.discounts().isEmpty()) {
            parameters.setDiscounts(EmptyParam.EMPTY);
        }
        Optional.ofNullable(command.discounts()).orElse(List.of()).forEach(discount -> parameters.addDiscount(previewed(discount)));
        return previewed(parameters);
    }

    private Optional<StripeInvoice> previewed(InvoiceCreatePreviewParams.Builder parameters) {
        try {
            return Optional.of(invoice(call(() -> stripe.v1().invoices().createPreview(parameters.build()))));
        } catch (StripeRefusedException refused) {
            if (refused.code().equals(NOTHING_UPCOMING)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** The customer's subscription that {@link #create} made under a reference, if there is one. */
    public Optional<StripeSubscription> startedAs(String customer, String reference) {
        SubscriptionListParams parameters = SubscriptionListParams.builder()
                .setCustomer(customer)
                .setStatus(SubscriptionListParams.Status.ALL)
                .setLimit(MOST_A_PAGE)
                .build();
        return StripePages.from(() -> stripe.v1().subscriptions().list(parameters))
                .filter(found -> reference.equals(found.getMetadata().get(StripeSubscription.REFERENCE)))
                .findFirst()
                .map(found -> subscription(found.getId()));
    }

    public StripeSubscription subscription(String id) {
        SubscriptionRetrieveParams parameters = SubscriptionRetrieveParams.builder().addAllExpand(WHOLE).build();
        return whole(call(() -> stripe.v1().subscriptions().retrieve(id, parameters)));
    }

    /** Whether the subscription's next invoice will bill something that waits for one: its own, or the customer's for whichever comes first. */
    public boolean waitsForAnInvoice(String customer, String subscription) {
        InvoiceItemListParams parameters = InvoiceItemListParams.builder().setCustomer(customer).setPending(true).setLimit(MOST_A_PAGE).build();
        return StripePages.from(() -> stripe.v1().invoiceItems().list(parameters)).anyMatch(item -> StripeReading.mayBeBilledWith(item, subscription));
    }

    /** How the payment of an update stands that waits for one. */
    public PaymentOutcome pending(String subscription) {
        SubscriptionRetrieveParams parameters = SubscriptionRetrieveParams.builder().addAllExpand(WHOLE).build();
        return settled(call(() -> stripe.v1().subscriptions().retrieve(subscription, parameters)));
    }

    private PaymentOutcome charge(StripeCalls.Call<Subscription> request) {
        try {
            return settled(patiently(request));
        } catch (CardException declined) {
            return new PaymentOutcome.Declined(declineCode(declined), declined.getUserMessage());
        } catch (StripeException failed) {
            throw translated(failed);
        }
    }

    private PaymentOutcome settled(Subscription subscription) {
        return subscription.getPendingUpdate() == null
                ? new PaymentOutcome.Paid(whole(subscription), StripeInvoiceGateway.justMade(subscription.getLatestInvoiceObject()))
                : unpaid(subscription.getLatestInvoiceObject(), Instant.ofEpochSecond(subscription.getPendingUpdate().getExpiresAt()));
    }

    /** A pending update waits for somebody to act, or its payment failed and it is taken back by voiding its invoice. */
    private PaymentOutcome unpaid(Invoice invoice, Instant confirmBy) {
        PaymentIntent intent = intentOf(invoice.getId());
        if (intent.getStatus().equals("requires_action")) {
            return new PaymentOutcome.ActionRequired(invoice.getId(), intent.getClientSecret(), confirmBy);
        }
        takeBack(invoice.getId());
        Optional<StripeError> error = Optional.ofNullable(intent.getLastPaymentError());
        return new PaymentOutcome.Declined(
                error.map(StripeError::getDeclineCode).or(() -> error.map(StripeError::getCode)).orElse("card_declined"),
                error.map(StripeError::getMessage).orElse("The card was declined."));
    }

    /** An invoice that cannot be voided was paid or voided meanwhile: what became of the update has to be read anew. */
    private void takeBack(String invoice) {
        try {
            voided(invoice);
        } catch (StripeRefusedException meanwhile) {
            throw new StripeUnavailableException("The payment was decided while it was being taken back: " + meanwhile.getMessage(), false, meanwhile);
        }
    }

    /** Takes an update back that waits for its payment, and returns its invoice as it is then: void, or paid by whoever came first. */
    public StripeInvoice cancel(String invoice) {
        try {
            return invoice(voided(invoice));
        } catch (StripeRefusedException decided) {
            return invoice(call(() -> stripe.v1().invoices().retrieve(invoice)));
        }
    }

    /** Twice does no more than once, so it needs no key of ours, under which Stripe would repeat a failure for a day. */
    private Invoice voided(String invoice) {
        return call(() -> stripe.v1().invoices().voidInvoice(invoice));
    }

    private PaymentIntent intentOf(String invoice) {
        InvoicePaymentListParams parameters = InvoicePaymentListParams.builder()
                .setInvoice(invoice)
                .addExpand("data.payment.payment_intent")
                .build();
        return call(() -> stripe.v1().invoicePayments().list(parameters)).getData().getFirst().getPayment().getPaymentIntentObject();
    }

    /** All invoices of the subscription, newest first; they are read as far as somebody looks. */
    public Stream<StripeInvoice> invoices(String subscription) {
        InvoiceListParams parameters = InvoiceListParams.builder().setSubscription(subscription).setLimit(MOST_A_PAGE).build();
        return StripePages.from(() -> stripe.v1().invoices().list(parameters)).map(this::invoice);
    }

    private StripeSubscription whole(Subscription source) {
        return StripeReading.subscription(StripePages.whole(stripe, source), Optional.ofNullable(source.getLatestInvoiceObject()).map(this::invoice).orElse(null));
    }

    private StripeInvoice invoice(Invoice source) {
        return StripeReading.invoice(source, StripePages.lines(stripe, source));
    }

    /** Adds to what a customer has in its favour, which the next invoices use up. */
    public void credit(String customer, Money amount, String reason, String idempotencyKey) {
        CustomerBalanceTransactionCreateParams parameters = CustomerBalanceTransactionCreateParams.builder()
                .setAmount(Math.negateExact(amount.minor()))
                .setCurrency(amount.currency().getCurrencyCode().toLowerCase(Locale.ROOT))
                .setDescription(reason)
                .build();
        call(() -> stripe.v1().customers().balanceTransactions().create(customer, parameters, key(idempotencyKey)));
    }

    static String declineCode(CardException declined) {
        return Optional.ofNullable(declined.getDeclineCode()).or(() -> Optional.ofNullable(declined.getCode())).orElse("card_declined");
    }

    static RequestOptions key(String idempotencyKey) {
        return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
    }
}
