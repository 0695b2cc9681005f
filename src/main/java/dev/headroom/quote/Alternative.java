package dev.headroom.quote;

import dev.headroom.money.Money;
import dev.headroom.quote.FittingPlanResult.PlanNeed;
import dev.headroom.time.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of several changes that are held against each other.
 *
 * @param position of the change in the order asked for, from 0
 * @param fit      absent where it cannot be made, and of the end of a subscription, into which nothing fits
 */
public record Alternative(int position, QuoteResult quote, @Nullable Fit fit, boolean recommended) {

    /**
     * What it would cost to go on like that, tax aside.
     *
     * @param recurring of one interval, after discounts that outlive one invoice
     * @param overage   of one interval, for what is expected beyond what is included
     * @param year      of twelve months: what alternatives are compared by
     */
    public record ExpectedCost(Interval interval, Money recurring, Money overage, Money total, Money year) {

        static ExpectedCost of(Fit fit) {
            return new ExpectedCost(fit.target().interval(), fit.recurring(), fit.overage(), fit.total(), fit.year());
        }
    }

    Alternative recommending() {
        return new Alternative(position, quote, fit, true);
    }

    public @Nullable Boolean fits() {
        return fit == null ? null : Boolean.valueOf(fit.fits());
    }

    public List<String> misfits() {
        return fit == null ? List.of() : fit.misfits();
    }

    public List<PlanNeed> needs() {
        return fit == null ? List.of() : fit.needs();
    }

    public @Nullable ExpectedCost cost() {
        return fit == null ? null : ExpectedCost.of(fit);
    }
}
