package dev.headroom.reach;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.impact.ImpactLine.Standing;
import dev.headroom.money.Money;
import dev.headroom.subscription.SubscriptionId;
import org.jspecify.annotations.Nullable;

/**
 * What an offer or a bundle does to one subscription, or to an account that has nothing of the product.
 *
 * @param subscription absent where something would begin
 * @param has          the version of the plan on it; absent where something would begin
 * @param standing     absent where something would begin
 * @param mrrBefore    without it; nothing where something would begin
 * @param mrrAfter     with it, whether or not it counts as revenue yet
 */
public record ReachLine(
        AccountId account, How how, ProductId product, @Nullable SubscriptionId subscription, @Nullable PlanVersionId has, @Nullable Standing standing,
        Money mrrBefore, Money mrrAfter) {

    /** How an account comes to it, or stays with it. */
    public enum How {
        /** It has everything of the bundle, and gets it with whatever happens next to a subscription of its. */
        NEXT_CHANGE,
        /** It has the bundle, and keeps it when that ends. */
        KEEPS,
        /** It could take the offer with a change, and stay on the plan that it has. */
        STAYING,
        /** It could take the offer with a change to a plan that it is for; what that plan costs is not reckoned. */
        MOVING,
        /** It could take the offer when something of the product begins; what that brings is not reckoned. */
        STARTING
    }

    public Money difference() {
        return mrrAfter.minus(mrrBefore);
    }

    /** Whether its MRR counts as revenue. */
    public boolean revenue() {
        return standing != null && standing.revenue();
    }
}
