package dev.headroom.stripe;

import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceCreatePreviewParams.SubscriptionDetails;
import com.stripe.param.SubscriptionCreateParams;
import dev.headroom.stripe.StripeGateway.CreateSubscription;
import dev.headroom.stripe.StripeScheduleGateway.Sold;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription.DiscountChange;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription.ItemChange;
import dev.headroom.time.Period;

/** A start in the words of the two requests that must say the same: its creation and its preview, which names some of it otherwise. */
final class StripeStarts {

    private StripeStarts() {}

    static SubscriptionCreateParams.Builder created(CreateSubscription command) {
        SubscriptionCreateParams.Builder parameters = SubscriptionCreateParams.builder()
                .setCustomer(command.customer())
                .addItem(StripeItems.created(command.item()))
                .setBillingMode(SubscriptionCreateParams.BillingMode.builder()
                        .setType(SubscriptionCreateParams.BillingMode.Type.FLEXIBLE)
                        .setFlexible(SubscriptionCreateParams.BillingMode.Flexible.builder()
                                .setProrationDiscounts(SubscriptionCreateParams.BillingMode.Flexible.ProrationDiscounts.INCLUDED)
                                .build())
                        .build())
                .setPaymentBehavior(SubscriptionCreateParams.PaymentBehavior.ERROR_IF_INCOMPLETE)
                .putMetadata(StripeSubscription.REFERENCE, command.reference());
        command.discounts().forEach(discount -> parameters.addDiscount(created(discount)));
        if (command.trialUntil() != null) {
            parameters.setTrialEnd(command.trialUntil().getEpochSecond());
        }
        Period stub = command.stub();
        return stub == null
                ? parameters
                : parameters.setBackdateStartDate(stub.from().getEpochSecond())
                        .setBillingCycleAnchor(stub.until().getEpochSecond())
                        .setProrationBehavior(SubscriptionCreateParams.ProrationBehavior.CREATE_PRORATIONS);
    }

    private static SubscriptionCreateParams.Discount created(DiscountChange change) {
        return switch (change) {
            case DiscountChange.Keep(String discount) -> SubscriptionCreateParams.Discount.builder().setDiscount(discount).build();
            case DiscountChange.Redeem(String coupon) -> SubscriptionCreateParams.Discount.builder().setCoupon(coupon).build();
        };
    }

    static InvoiceCreatePreviewParams.Builder previewed(CreateSubscription command) {
        Sold sold = command.item();
        SubscriptionDetails.Builder details = SubscriptionDetails.builder()
                .addItem(StripeItems.previewed(new ItemChange.Add(sold.price(), sold.quantity(), sold.discounts())))
                .setBillingMode(SubscriptionDetails.BillingMode.builder()
                        .setType(SubscriptionDetails.BillingMode.Type.FLEXIBLE)
                        .setFlexible(SubscriptionDetails.BillingMode.Flexible.builder()
                                .setProrationDiscounts(SubscriptionDetails.BillingMode.Flexible.ProrationDiscounts.INCLUDED)
                                .build())
                        .build());
        if (command.trialUntil() != null) {
            details.setTrialEnd(command.trialUntil().getEpochSecond());
        }
        Period stub = command.stub();
        if (stub != null) {
            details.setStartDate(stub.from().getEpochSecond())
                    .setBillingCycleAnchor(stub.until().getEpochSecond())
                    .setProrationBehavior(SubscriptionDetails.ProrationBehavior.CREATE_PRORATIONS);
        }
        InvoiceCreatePreviewParams.Builder parameters =
                InvoiceCreatePreviewParams.builder().setCustomer(command.customer()).setSubscriptionDetails(details.build());
        command.discounts().forEach(discount -> parameters.addDiscount(StripeGateway.previewed(discount)));
        return parameters;
    }
}
