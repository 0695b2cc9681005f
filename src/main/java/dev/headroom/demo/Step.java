package dev.headroom.demo;

import dev.headroom.approval.ApprovalDecisions.Verdict;
import dev.headroom.approval.NegotiatedDiscount;
import dev.headroom.entitlement.Grant;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.time.Interval;
import dev.headroom.usage.UsageEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that an account does, and when. */
sealed interface Step {

    Instant at();

    record Open(Instant at, Company company) implements Step {}

    record AddCard(Instant at, String paymentMethod) implements Step {}

    /** @param trialDays 0 for none */
    record Start(Instant at, Holding holding, int trialDays) implements Step {}

    /** Asks for a quote and accepts it. */
    record Change(Instant at, Holding from, Holding to) implements Step {

        /** Absent where it stays. */
        @Nullable Interval interval() {
            return from.annual() == to.annual() ? null : to.interval();
        }

        @Nullable String plan() {
            return from.offering() == to.offering() ? null : to.offering().plan();
        }

        @Nullable Long seats() {
            return from.seats() == to.seats() ? null : to.seatsWanted();
        }
    }

    /** Needs nothing of Stripe. */
    sealed interface Everyday extends Step {}

    /** @param product whose seats they get; absent where it has none */
    record Join(Instant at, @Nullable String product, List<Person> people) implements Everyday {}

    /**
     * People work with it.
     *
     * @param last when each was seen last, by key
     */
    record Work(Instant at, Map<String, Instant> last) implements Everyday {}

    /**
     * The vendor gives the account a switch.
     *
     * @param until absent is for good
     */
    record Give(Instant at, String feature, Grant.Kind kind, String reason, @Nullable Instant until) implements Everyday {}

    /** What was given is taken back before its end. */
    record TakeBack(Instant at, String feature, String reason) implements Everyday {}

    record Use(Instant at, List<UsageEvent> events) implements Step {}

    /** Somebody has to agree, something waits, or it is done at Stripe. */
    sealed interface Affair extends Step {}

    /** Accepts a quote of more than a {@link Change} can say. */
    record Accept(Instant at, RequestedChange change) implements Affair {}

    /** Somebody of the account wishes for what is not on offer. */
    record Ask(Instant at, RequestedChange change, NegotiatedDiscount discount, String reason) implements Affair {}

    /**
     * Somebody of the vendor decides about what was asked for.
     *
     * @param counter what is given instead; absent where it is not countered
     */
    record Decide(Instant at, Verdict verdict, @Nullable NegotiatedDiscount counter, String comment) implements Affair {}

    /** Accepts what was agreed to. */
    record AcceptAgreed(Instant at) implements Affair {}

    /** Wants so many seats in all, once nobody asks for others any more. */
    record Gather(Instant at, long seats) implements Affair {}

    /** Invoices are sent from now on, and nobody charges a card. */
    record PayByInvoice(Instant at, int days) implements Affair {}

    /** Something that is in no catalogue waits at Stripe for the next invoice. */
    record BillByHand(Instant at, long minor, String what) implements Affair {}

    /** Looks at what a change would cost, and leaves it at that. */
    record LookAtQuote(Instant at, RequestedChange change) implements Affair {}

    /** Somebody of the vendor looks at the invoices of an account, which are read at Stripe then, and followed from then on. */
    record LookAtInvoices(Instant at) implements Affair {}

    /** So much of what was charged last is paid back. */
    record Refund(Instant at, long minor) implements Affair {}
}
