package dev.headroom.rollout;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.impact.ImpactLine;
import dev.headroom.money.Money;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.time.Interval;
import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one subscription in a roll-out.
 *
 * @param look   as it was when it was listed; once its account was told, what that was told
 * @param reason why it is SKIPPED or FAILED
 * @param detail the same for people, where there is more to say
 * @param notice absent until the account was told
 * @param work   how far it has come
 */
public record RolloutMove(
        UUID rollout, AccountId account, SubscriptionId subscription, Look look, State state, @Nullable Reason reason, @Nullable String detail,
        @Nullable Notice notice, Work work) {

    /** How far it has come; the last three are final, unless they are tried again. */
    public enum State {
        WAITING,
        /** The account was told, and its notice runs; or its next period is waited for. */
        NOTIFIED,
        /** Being moved right now, or the bank is waited for. */
        MOVING,
        /** Stripe moves it when its period ends. */
        SCHEDULED,
        MOVED,
        /** It keeps the version that it has. */
        SKIPPED,
        /** It could not be moved. */
        FAILED;

        boolean over() {
            return this == MOVED || this == SKIPPED || this == FAILED;
        }
    }

    /** Why a subscription was not moved. */
    public enum Reason {
        RISES_TOO_MUCH,
        ALREADY_THERE,
        GONE,
        STOPPED,
        CANCELED,
        UNPAID,
        ENDS,
        FOREIGN_PRICE,
        FOREIGN_SCHEDULE,
        MIXED,
        COMMITTED,
        NEGOTIATED,
        CHANGE_WAITS,
        NO_PRICE,
        NOT_PRICEABLE,
        NEEDS_APPROVAL,
        PAST_DUE,
        ON_HOLD,
        NOT_POSSIBLE,
        DECLINED,
        NOT_CONFIRMED,
        REFUSED,
        UNSTEADY;

        static Reason of(ImpactLine.Hindrance hindrance) {
            return switch (hindrance) {
                case UNPAID -> UNPAID;
                case ENDS -> ENDS;
                case FOREIGN_PRICE -> FOREIGN_PRICE;
                case FOREIGN_SCHEDULE -> FOREIGN_SCHEDULE;
                case MIXED -> MIXED;
                case COMMITTED -> COMMITTED;
                case NEGOTIATED -> NEGOTIATED;
                case CHANGE_WAITS -> CHANGE_WAITS;
                case NO_PRICE -> NO_PRICE;
                case NOT_PRICEABLE -> NOT_PRICEABLE;
            };
        }
    }

    /**
     * What was seen of it.
     *
     * @param version  of the subscription
     * @param has      the version of the plan or add-on
     * @param quantity of that, after moving
     */
    public record Look(
            long version, PlanVersionId has, Interval interval, long quantity, Money recurringBefore, Money recurringAfter, Money mrrBefore, Money mrrAfter) {

        static Look of(ImpactLine line) {
            return new Look(
                    line.version(), line.has(), line.interval(), line.quantity(), line.recurringBefore(), line.recurringAfter(), line.mrrBefore(), line.mrrAfter());
        }

        /** Whether it is charged more than it is. */
        public boolean rises() {
            return recurringAfter.compareTo(recurringBefore) > 0;
        }

        /** Whether it rises by more than was told, as an amount and as a part of what it is: more seats at the price that was told are no other price. */
        boolean risesBeyond(Look told) {
            return rises() && (!told.rises() || rise().compareTo(told.rise()) > 0
                    && product(rise().minor(), told.recurringBefore.minor()).compareTo(product(told.rise().minor(), recurringBefore.minor())) > 0);
        }

        private Money rise() {
            return recurringAfter.minus(recurringBefore);
        }

        /** Whether it rises by more than so many percent; from nothing every rise is more. */
        boolean risesByMore(@Nullable Integer percent) {
            return percent != null && rises() && product(rise().minor(), 100).compareTo(product(recurringBefore.minor(), percent)) > 0;
        }

        private static BigInteger product(long minor, long times) {
            return BigInteger.valueOf(minor).multiply(BigInteger.valueOf(times));
        }
    }

    /** @param notBefore nothing of it is charged earlier */
    public record Notice(Instant at, Instant notBefore) {}

    /**
     * How far it has come.
     *
     * @param dueAt   when somebody looks at it next; of what has ended, when it did
     * @param token   of the quote that is being accepted
     * @param attempt how many quotes there were, and {@code tries} since it was begun or tried again
     * @param change  that moves it
     * @param changed when its state was last another
     */
    public record Work(Instant dueAt, @Nullable String token, int attempt, int tries, @Nullable UUID change, Instant changed) {}

    public Interval interval() {
        return look.interval();
    }

    public long quantity() {
        return look.quantity();
    }

    public Money recurringBefore() {
        return look.recurringBefore();
    }

    public Money recurringAfter() {
        return look.recurringAfter();
    }

    public Money mrrBefore() {
        return look.mrrBefore();
    }

    public Money mrrAfter() {
        return look.mrrAfter();
    }

    public @Nullable Instant notifiedAt() {
        return notice == null ? null : notice.at();
    }

    public @Nullable Instant notBefore() {
        return notice == null ? null : notice.notBefore();
    }

    /** When somebody looks at it next; absent of what has ended. */
    public @Nullable Instant dueAt() {
        return state.over() ? null : work.dueAt();
    }

    public Instant changedAt() {
        return work.changed();
    }
}
