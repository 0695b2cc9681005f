package dev.headroom.stripe;

import com.stripe.model.Coupon;
import com.stripe.model.Customer;
import com.stripe.model.Discount;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceItem;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.PaymentMethod;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.SubscriptionSchedule;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads Stripe's objects into ours; amounts stay minor units, seconds become instants. */
final class StripeReading {

    private StripeReading() {}

    /** @param latest its latest invoice, with all its lines */
    static StripeSubscription subscription(Subscription source, @Nullable StripeInvoice latest) {
        return new StripeSubscription(
                source.getId(),
                source.getCustomer(),
                source.getStatus(),
                Currency.getInstance(source.getCurrency().toUpperCase(Locale.ROOT)),
                "flexible".equals(source.getBillingMode().getType()),
                Instant.ofEpochSecond(source.getBillingCycleAnchor()),
                source.getItems().getData().stream().map(StripeReading::item).toList(),
                Optional.ofNullable(source.getDiscountObjects()).orElse(List.of()).stream().map(StripeReading::discount).toList(),
                instant(source.getTrialEnd()),
                instant(source.getCancelAt()),
                Instant.ofEpochSecond(source.getStartDate()),
                instant(source.getEndedAt()),
                Optional.ofNullable(source.getCustomerObject()).map(Customer::getBalance).orElse(0L),
                source.getPendingUpdate() != null,
                taxed(source),
                scheduledElsewhere(source), StripeScheduleGateway.redeemed(source.getScheduleObject()),
                customerDiscounted(source),
                collection(source),
                latest,
                source.getMetadata());
    }

    private static StripeSubscription.Collection collection(Subscription source) {
        Subscription.PauseCollection pause = source.getPauseCollection();
        return new StripeSubscription.Collection(
                "send_invoice".equals(source.getCollectionMethod()) ? Optional.ofNullable(source.getDaysUntilDue()).orElse(0L).intValue() : null,
                pause != null, pause == null ? null : instant(pause.getResumesAt()));
    }

    private static boolean taxed(Subscription source) {
        boolean automatic = source.getAutomaticTax() != null && Boolean.TRUE.equals(source.getAutomaticTax().getEnabled());
        return automatic || isAny(source.getDefaultTaxRates()) || source.getItems().getData().stream().anyMatch(item -> isAny(item.getTaxRates()));
    }

    private static boolean scheduledElsewhere(Subscription source) {
        SubscriptionSchedule schedule = source.getScheduleObject();
        return schedule != null && StripeScheduleGateway.isForeign(schedule, source);
    }

    private static boolean customerDiscounted(Subscription source) {
        return !isAny(source.getDiscountObjects()) && Optional.ofNullable(source.getCustomerObject()).map(Customer::getDiscount).isPresent();
    }

    private static boolean isAny(@Nullable List<?> named) {
        return named != null && !named.isEmpty();
    }

    private static StripeSubscription.Item item(SubscriptionItem source) {
        return new StripeSubscription.Item(
                source.getId(),
                source.getPrice().getId(),
                Optional.ofNullable(source.getQuantity()).orElse(0L),
                period(source.getCurrentPeriodStart(), source.getCurrentPeriodEnd()),
                Instant.ofEpochSecond(source.getCreated()),
                Optional.ofNullable(source.getDiscountObjects()).orElse(List.of()).stream().map(StripeReading::itemDiscount).toList(),
                source.getPrice().getMetadata().containsKey(StripeMeterGateway.OVERAGE));
    }

    /** Its coupon is too deep for Stripe to expand, and named all the same. */
    private static StripeSubscription.ItemDiscount itemDiscount(Discount source) {
        return new StripeSubscription.ItemDiscount(
                source.getId(), Optional.ofNullable(source.getSource()).map(Discount.Source::getCoupon).orElse(""), Instant.ofEpochSecond(source.getStart()));
    }

    private static StripeSubscription.Discount discount(Discount source) {
        Coupon coupon = source.getSource().getCouponObject();
        return new StripeSubscription.Discount(
                source.getId(),
                coupon.getId(),
                Optional.ofNullable(coupon.getName()).orElse(coupon.getId()),
                coupon.getPercentOff(),
                coupon.getAmountOff(),
                "once".equals(coupon.getDuration()),
                Optional.ofNullable(coupon.getDurationInMonths()).map(Long::intValue).orElse(null),
                Instant.ofEpochSecond(source.getStart()),
                Optional.ofNullable(coupon.getAppliesTo()).map(Coupon.AppliesTo::getProducts).orElse(null));
    }

    /** @param lines all of them; the invoice itself has only the first ten */
    static StripeInvoice invoice(Invoice source, List<InvoiceLineItem> lines) {
        return new StripeInvoice(
                Optional.ofNullable(source.getId()).orElse("preview"),
                source.getStatus(),
                Optional.ofNullable(source.getBillingReason()).orElse(""),
                Instant.ofEpochSecond(source.getCreated()),
                source.getAmountDue(),
                source.getAmountPaid(),
                source.getTotal(),
                source.getStartingBalance(),
                source.getHostedInvoiceUrl(),
                lines.stream().map(StripeReading::line).toList(),
                Optional.ofNullable(source.getTotalTaxes()).orElse(List.of()).stream()
                        .map(tax -> new StripeInvoice.Tax(
                                tax.getAmount(), Optional.ofNullable(tax.getTaxableAmount()).orElse(0L), "inclusive".equals(tax.getTaxBehavior()),
                                Optional.ofNullable(tax.getTaxRateDetails()).map(Invoice.TotalTax.TaxRateDetails::getTaxRate).orElse("")))
                        .toList(),
                taxUnknown(source));
    }

    private static boolean taxUnknown(Invoice source) {
        Invoice.AutomaticTax tax = source.getAutomaticTax();
        return tax != null && Boolean.TRUE.equals(tax.getEnabled()) && ("requires_location_inputs".equals(tax.getStatus()) || "failed".equals(tax.getStatus()));
    }

    private static StripeInvoice.Line line(InvoiceLineItem source) {
        long discounted = Optional.ofNullable(source.getDiscountAmounts()).orElse(List.of()).stream()
                .mapToLong(InvoiceLineItem.DiscountAmount::getAmount)
                .sum();
        InvoiceLineItem.Parent parent = source.getParent();
        return new StripeInvoice.Line(
                source.getId(),
                parent == null || parent.getSubscriptionItemDetails() == null ? null : parent.getSubscriptionItemDetails().getSubscriptionItem(),
                source.getPricing() == null || source.getPricing().getPriceDetails() == null ? null : source.getPricing().getPriceDetails().getPrice(),
                proration(parent),
                byHand(parent),
                source.getAmount() - discounted,
                discounted,
                Optional.ofNullable(source.getQuantity()).orElse(1L),
                period(source.getPeriod().getStart(), source.getPeriod().getEnd()),
                Optional.ofNullable(source.getDescription()).orElse(""),
                credits(parent),
                Optional.ofNullable(source.getTaxes()).orElse(List.of()).stream()
                        .map(tax -> new StripeInvoice.Tax(
                                tax.getAmount(), Optional.ofNullable(tax.getTaxableAmount()).orElse(0L), "inclusive".equals(tax.getTaxBehavior()),
                                Optional.ofNullable(tax.getTaxRateDetails()).map(InvoiceLineItem.Tax.TaxRateDetails::getTaxRate).orElse("")))
                        .toList());
    }

    static List<String> credits(InvoiceLineItem.@Nullable Parent parent) {
        Optional<InvoiceLineItem.Parent> named = Optional.ofNullable(parent);
        Optional<List<String>> onItem = named.map(InvoiceLineItem.Parent::getSubscriptionItemDetails)
                .map(InvoiceLineItem.Parent.SubscriptionItemDetails::getProrationDetails)
                .map(InvoiceLineItem.Parent.SubscriptionItemDetails.ProrationDetails::getCreditedItems)
                .map(InvoiceLineItem.Parent.SubscriptionItemDetails.ProrationDetails.CreditedItems::getInvoiceLineItems);
        return onItem.or(() -> named.map(InvoiceLineItem.Parent::getInvoiceItemDetails)
                .map(InvoiceLineItem.Parent.InvoiceItemDetails::getProrationDetails)
                .map(InvoiceLineItem.Parent.InvoiceItemDetails.ProrationDetails::getCreditedItems)
                .map(InvoiceLineItem.Parent.InvoiceItemDetails.ProrationDetails.CreditedItems::getInvoiceLineItems)).orElse(List.of());
    }

    /** Stripe marks a proration on the item in previews; an invoice item, on invoices, is one or was made by hand, and is billed at once like one. */
    static boolean proration(InvoiceLineItem.@Nullable Parent parent) {
        if (parent == null) {
            return false;
        }
        boolean onItem = parent.getSubscriptionItemDetails() != null && Boolean.TRUE.equals(parent.getSubscriptionItemDetails().getProration());
        return onItem || parent.getInvoiceItemDetails() != null;
    }

    private static boolean byHand(InvoiceLineItem.@Nullable Parent parent) {
        return parent != null && parent.getInvoiceItemDetails() != null && !Boolean.TRUE.equals(parent.getInvoiceItemDetails().getProration());
    }

    static boolean mayBeBilledWith(InvoiceItem item, String subscription) {
        Optional<String> own = Optional.ofNullable(item.getParent()).map(InvoiceItem.Parent::getSubscriptionDetails)
                .map(InvoiceItem.Parent.SubscriptionDetails::getSubscription);
        return own.isEmpty() || own.get().equals(subscription);
    }

    static StripeCardGateway.Card card(PaymentMethod source) {
        PaymentMethod.Card card = source.getCard();
        return new StripeCardGateway.Card(
                source.getId(), card.getBrand(), card.getLast4(), card.getExpMonth().intValue(), card.getExpYear().intValue());
    }

    static @Nullable Instant instant(@Nullable Long seconds) {
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    /** A line without duration, such as a fee, is given the second it happened in. */
    static Period period(long from, long until) {
        return new Period(Instant.ofEpochSecond(from), Instant.ofEpochSecond(Math.max(until, from + 1)));
    }
}
