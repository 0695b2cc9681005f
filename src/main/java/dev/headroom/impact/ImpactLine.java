package dev.headroom.impact;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.limits.Limit;
import dev.headroom.money.Money;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.time.Interval;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a version would do to one subscription.
 *
 * @param version         of the subscription, when it was looked at
 * @param has             the version of the plan or add-on that it has
 * @param quantity        of that, after moving
 * @param recurringBefore of one interval, net of discounts that outlive one invoice
 * @param recurringAfter  the same as before where it cannot move
 * @param mrrBefore       of all that is on it, whether or not it counts as revenue yet
 * @param hindrance       why it cannot move; absent where it can
 * @param hinderedUntil   when that ends by itself; absent where it does not
 */
public record ImpactLine(
        UUID run, AccountId account, SubscriptionId subscription, long version, PlanVersionId has, Standing standing, Interval interval, long quantity,
        Money recurringBefore, Money recurringAfter, Money mrrBefore, Money mrrAfter, Band band, @Nullable Hindrance hindrance,
        @Nullable Instant hinderedUntil, List<PassedLimit> limits) {

    public ImpactLine {
        limits = List.copyOf(limits);
    }

    /** How a subscription stands with its payments, as far as revenue is concerned. */
    public enum Standing {
        ACTIVE(true),
        PAST_DUE(true),
        /** Stripe asks nobody to pay for now; it counts as revenue all the same. */
        PAUSED(true),
        TRIALING(false),
        UNPAID(false);

        private final boolean revenue;

        Standing(boolean revenue) {
            this.revenue = revenue;
        }

        /** How one stands that runs. */
        public static Standing of(AccountSubscription subscription) {
            return switch (subscription.state()) {
                case UNPAID, INCOMPLETE, CANCELED -> UNPAID;
                case TRIALING -> TRIALING;
                case PAST_DUE -> PAST_DUE;
                case ACTIVE -> subscription.collection().paused() ? PAUSED : ACTIVE;
            };
        }

        /** Whether it counts as recurring revenue. */
        public boolean revenue() {
            return revenue;
        }
    }

    /** Why a subscription cannot be moved to a version; of several the first. */
    public enum Hindrance {
        /** Stripe has given up collecting it. */
        UNPAID,
        /** It ends anyway. */
        ENDS,
        /** Stripe bills something on it that the catalogue does not know, so that nobody can say what it costs. */
        FOREIGN_PRICE,
        /** Somebody arranged at Stripe what it shall be later. */
        FOREIGN_SCHEDULE,
        /** Stripe bills several plans on it, or by several intervals. */
        MIXED,
        /** A contract holds until a day. */
        COMMITTED,
        /** It has a discount that was negotiated with this account. */
        NEGOTIATED,
        /** A change was accepted, with its prices, and waits. */
        CHANGE_WAITS,
        /** The version has no price for its interval in its currency. */
        NO_PRICE,
        /** No amount can be reckoned that is so large. */
        NOT_PRICEABLE
    }

    /**
     * A limit that would become smaller and is passed then, or is expected to be; or a gate or setting that would be gone.
     *
     * @param before   what is included now, by plan and add-ons; absent is unlimited
     * @param after    what would be
     * @param policy   what happens past it: a hard limit blocks, the others warn or charge
     * @param used     in the window that runs
     * @param expected when that window ends
     * @param closes   whether it is a gate or setting
     */
    public record PassedLimit(FeatureId feature, Limit.Policy policy, @Nullable Long before, long after, long used, long expected, boolean closes) {

        public boolean passed() {
            return !closes && used > after;
        }

        public boolean expectedToPass() {
            return !closes && expected > after;
        }

        /** Beyond the limit, now or when the window ends, whichever is more. */
        public long excess() {
            return closes ? 0 : Math.max(0, Math.max(used, expected) - after);
        }
    }

    public boolean moves() {
        return hindrance == null;
    }

    public Money difference() {
        return mrrAfter.minus(mrrBefore);
    }

    /** The same with what is known of its limits. */
    ImpactLine with(List<PassedLimit> others) {
        return new ImpactLine(
                run, account, subscription, version, has, standing, interval, quantity, recurringBefore, recurringAfter, mrrBefore, mrrAfter, band, hindrance,
                hinderedUntil, others);
    }
}
