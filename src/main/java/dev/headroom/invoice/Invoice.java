package dev.headroom.invoice;

import dev.headroom.account.AccountId;
import dev.headroom.money.Money;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invoice as Stripe had it when it was read last.
 *
 * @param subscriptionId that it bills; absent for one made by hand, or of a subscription that is not ours
 * @param number         for people, from when it is finalised
 * @param sent           whether it is sent, to be paid by {@code dueAt}; otherwise a card is charged
 * @param attempts       how often a card was tried
 * @param hostedUrl      Stripe's page for looking at it and paying it
 * @param taxNumbers     the customer's when it was finalised, each with what it is: {@code eu_vat DE123456789}
 * @param revision       raised by every write
 */
public record Invoice(
        AccountId account, UUID id, String stripeId, @Nullable SubscriptionId subscriptionId, @Nullable String number, Status status, Reason reason,
        boolean sent, Times times, int attempts, Amounts amounts, @Nullable String hostedUrl, @Nullable String pdfUrl, @Nullable Dispute dispute,
        List<String> taxNumbers, List<Line> lines, long revision) {

    /** Where an invoice stands. */
    public enum Status {
        /** Still being made; its amounts may change. */
        DRAFT,
        OPEN,
        PAID,
        /** Taken back; nobody owes it. */
        VOID,
        /** Given up; whoever pays it all the same has paid it. */
        UNCOLLECTIBLE;

        /** Whether paying it would do something. */
        public boolean payable() {
            return switch (this) {
                case OPEN, UNCOLLECTIBLE -> true;
                case DRAFT, PAID, VOID -> false;
            };
        }
    }

    /** Why there is an invoice. */
    public enum Reason { START, CHANGE, RENEWAL, OTHER }

    /** @param nextAttemptAt when a card is tried again; absent when nobody will */
    public record Times(
            Instant createdAt, @Nullable Instant finalizedAt, @Nullable Instant dueAt, @Nullable Instant paidAt, @Nullable Instant nextAttemptAt) {}

    /**
     * @param subtotal of the lines
     * @param balance  what the customer's balance took part with; negative is credit that was used
     * @param refunded of what was paid
     */
    public record Amounts(
            Money subtotal, Money discount, Money tax, Money total, Money balance, Money due, Money paid, Money remaining, Money refunded) {}

    /** What a card's holder has the bank look at. */
    public record Dispute(State state, String reason, Money amount, @Nullable Instant answerBy) {

        /** How it stands; only an open one keeps its subscription from being changed. */
        public enum State { OPEN, WON, LOST }
    }

    /**
     * One line; its tax is part of the invoice's and not of its amount.
     *
     * @param usageMonths months of the period whose use past a limit it bills, once that is over; absent for anything else
     */
    public record Line(
            String description, Period period, long quantity, Money amount, Money discount, Money tax, boolean proration, @Nullable Integer usageMonths) {

        /** Whether it bills use past a limit. */
        public boolean usage() {
            return usageMonths != null;
        }
    }

    public Money total() {
        return amounts.total();
    }

    public Money remaining() {
        return amounts.remaining();
    }

    /** Whether it should have been paid by now: it was sent, and its day has passed. */
    public boolean overdue(Instant at) {
        return status == Status.OPEN && times.dueAt() != null && !at.isBefore(times.dueAt());
    }

    /** Whether a dispute of its payment is still open. */
    public boolean disputed() {
        return dispute != null && dispute.state() == Dispute.State.OPEN;
    }
}
