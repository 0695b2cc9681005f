package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Plan;
import dev.headroom.money.Money;
import dev.headroom.time.Interval;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cheapest plan into which everything fits that is expected to be used, or that there is none. */
public sealed interface FittingPlanResult {

    /**
     * What it would cost to go on like that.
     *
     * @param current   whether it is the plan that the account has
     * @param recurring of one interval, after discounts that outlive one invoice
     * @param overage   of one interval, for what is expected beyond what is included
     */
    record FittingPlan(
            AccountId account, Plan plan, boolean current, Interval interval, Money recurring, Money overage, List<PlanNeed> needs, String reason)
            implements FittingPlanResult {

        public Money total() {
            return recurring.plus(overage);
        }
    }

    /** @param reason what would not fit into the highest plan, for people */
    record NoPlanFits(String reason) implements FittingPlanResult {}

    /**
     * What is expected of one feature, and what the plan does with it.
     *
     * @param units          when the window ends; where that cannot be told, what the last complete window held, or this one already if that is
     *                       more; where the plan is billed in another interval, of what adds up in a billing period, as many times as much
     * @param projected      whether it could be told
     * @param included       in the window; absent is unlimited
     * @param overage        of one billing interval, for the units beyond
     * @param until          the end of the window that runs; absent unless it could be told
     * @param limitReachedAt when the limit that holds now is reached; absent where that is not expected, or has happened
     */
    record PlanNeed(
            Feature feature, long units, boolean projected, @Nullable Long included, Money overage, @Nullable Instant until, @Nullable Instant limitReachedAt) {}
}
