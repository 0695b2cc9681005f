package dev.headroom.stripe;

import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionScheduleUpdateParams.Phase;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.common.EmptyParam;
import dev.headroom.stripe.StripeScheduleGateway.Sold;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription.DiscountChange;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription.ItemChange;
import java.util.function.Consumer;

/** What becomes of items, in the words of the requests that say so: an update, its preview, the phase of a schedule. */
final class StripeItems {

    private StripeItems() {}

    static SubscriptionCreateParams.Item created(Sold sold) {
        SubscriptionCreateParams.Item.Builder item = SubscriptionCreateParams.Item.builder().setPrice(sold.price()).setQuantity(sold.quantity());
        sold.discounts().forEach(discount -> item.addDiscount(created(discount)));
        return item.build();
    }

    private static SubscriptionCreateParams.Item.Discount created(DiscountChange change) {
        return switch (change) {
            case DiscountChange.Keep(String discount) -> SubscriptionCreateParams.Item.Discount.builder().setDiscount(discount).build();
            case DiscountChange.Redeem(String coupon) -> SubscriptionCreateParams.Item.Discount.builder().setCoupon(coupon).build();
        };
    }

    /** What an update and its preview, whose items have no type in common, both can say of one. */
    private record Words(
            Consumer<String> id, Consumer<String> price, Consumer<Long> quantity, Runnable deleted, Runnable undiscounted, Consumer<DiscountChange> discounted) {

        void say(ItemChange change) {
            switch (change) {
                case ItemChange.Put put -> {
                    id.accept(put.id());
                    sell(put.price(), put.quantity());
                    if (put.discounts() != null && put.discounts().isEmpty()) {
                        undiscounted.run();
                    } else if (put.discounts() != null) {
                        put.discounts().forEach(discounted);
                    }
                }
                case ItemChange.Add add -> {
                    sell(add.price(), add.quantity());
                    add.discounts().forEach(discounted);
                }
                case ItemChange.Remove(String gone) -> {
                    id.accept(gone);
                    deleted.run();
                }
            }
        }

        private void sell(String what, long howMuch) {
            price.accept(what);
            quantity.accept(howMuch);
        }
    }

    static SubscriptionUpdateParams.Item updated(ItemChange change) {
        SubscriptionUpdateParams.Item.Builder item = SubscriptionUpdateParams.Item.builder();
        new Words(item::setId, item::setPrice, item::setQuantity, () -> item.setDeleted(true), () -> item.setDiscounts(EmptyParam.EMPTY),
                discount -> item.addDiscount(updated(discount))).say(change);
        return item.build();
    }

    private static SubscriptionUpdateParams.Item.Discount updated(DiscountChange change) {
        return switch (change) {
            case DiscountChange.Keep(String discount) -> SubscriptionUpdateParams.Item.Discount.builder().setDiscount(discount).build();
            case DiscountChange.Redeem(String coupon) -> SubscriptionUpdateParams.Item.Discount.builder().setCoupon(coupon).build();
        };
    }

    static InvoiceCreatePreviewParams.SubscriptionDetails.Item previewed(ItemChange change) {
        InvoiceCreatePreviewParams.SubscriptionDetails.Item.Builder item = InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder();
        new Words(item::setId, item::setPrice, item::setQuantity, () -> item.setDeleted(true), () -> item.setDiscounts(EmptyParam.EMPTY),
                discount -> item.addDiscount(previewed(discount))).say(change);
        return item.build();
    }

    private static InvoiceCreatePreviewParams.SubscriptionDetails.Item.Discount previewed(DiscountChange change) {
        return switch (change) {
            case DiscountChange.Keep(String discount) -> InvoiceCreatePreviewParams.SubscriptionDetails.Item.Discount.builder().setDiscount(discount).build();
            case DiscountChange.Redeem(String coupon) -> InvoiceCreatePreviewParams.SubscriptionDetails.Item.Discount.builder().setCoupon(coupon).build();
        };
    }

    /** Of a subscription, from the beginning of a phase on. */
    static Phase.Discount begun(DiscountChange change) {
        return switch (change) {
            case DiscountChange.Keep(String discount) -> Phase.Discount.builder().setDiscount(discount).build();
            case DiscountChange.Redeem(String coupon) -> Phase.Discount.builder().setCoupon(coupon).build();
        };
    }

    static Phase.Item.Discount phased(DiscountChange change) {
        return switch (change) {
            case DiscountChange.Keep(String discount) -> Phase.Item.Discount.builder().setDiscount(discount).build();
            case DiscountChange.Redeem(String coupon) -> Phase.Item.Discount.builder().setCoupon(coupon).build();
        };
    }
}
