package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.quote.Quotes;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A quote being carried out.
 *
 * @param from        what was on the subscription, or will have been when its turn comes
 * @param to          what shall be
 * @param effectiveAt the end of the period, or the date, that it waits for; absent for a change at once
 * @param due         what was promised to be charged
 * @param charged     what was charged, once it is known
 * @param attempt     how often Stripe was asked under a key of its own, or was to be told anew what waits; 0 before the first time
 * @param failureCode Stripe's, or the rule's
 * @param confirmBy   when Stripe gives up waiting for the bank; null unless the bank is waited for
 */
public record PlanChange(
        AccountId account, UUID id, SubscriptionId subscription, Promise promise, State state, GrowthKind growth, SubscriptionTerms from,
        SubscriptionTerms to, @Nullable Instant effectiveAt, Money due, @Nullable Money charged, String actor, Instant requestedAt, int attempt,
        @Nullable Instant attemptedAt, @Nullable String invoice, @Nullable String failureCode, @Nullable String failureMessage,
        @Nullable Instant decidedAt, @Nullable Instant confirmBy) {

    /** The failure code of a change that Stripe would have charged another amount for. */
    static final String AMOUNT_DIFFERS = "amount_differs";
    /** The invoice is the promised one, and less of it is paid by the balance. */
    static final String CREDIT_SPENT = "credit_spent";

    /** Who moves subscriptions to other versions of what they have. */
    public static final Actor.System MOVER = new Actor.System("rollout");

    private static final Pattern STRIPE_KEY = Pattern.compile("([0-9a-f-]{36}):update:(\\d{1,9})");

    /** Stripe's codes for a payment that the bank wants the card's holder to confirm. */
    static final Set<String> UNCONFIRMED = Set.of("subscription_payment_intent_requires_action", "authentication_required");

    /**
     * The quote that was accepted.
     *
     * @param version   of the subscription that was quoted
     * @param quotedAt  the whole second at which time is cut
     * @param expiresAt exclusive
     * @param date      that it was asked and priced for; absent of what is made at once or when the period ends
     * @param total     what was promised to be charged or taken from the balance; unknown of changes from before it was promised
     */
    public record Promise(UUID quote, long version, Instant quotedAt, Instant expiresAt, @Nullable Instant date, @Nullable Money total) {

        /** The second for which it was priced. */
        Instant pricedAt() {
            return date == null ? quotedAt : date;
        }
    }

    /** Whether an invoice takes what was promised, from card and balance; of a period that begins in the second in which another one does, whatever the balance pays. */
    boolean promised(Money charged, Money total) {
        return startsPeriod() ? promisedAtMost(charged, total) : charged.equals(due) && (promise.total() == null || total.equals(promise.total()));
    }

    /** Whether an invoice is the promised one, of which the balance has come to pay more since. */
    boolean promisedAtMost(Money charged, Money total) {
        return total.equals(promise.total()) && charged.compareTo(due) <= 0;
    }

    /** Whether it was not made because it would have been charged otherwise than it was promised. */
    boolean differed() {
        return state == State.REFUSED && (AMOUNT_DIFFERS.equals(failureCode) || CREDIT_SPENT.equals(failureCode));
    }

    /** Whether an invoice takes in all what was promised, minor units. */
    boolean promisedInAll(long total) {
        return promise.total() != null && promise.total().minor() == total;
    }

    /** Whether what was promised cannot be without an invoice. */
    boolean costs() {
        return due.isPositive() || promise.total() != null && !promise.total().isZero();
    }

    /** What an invoice takes beyond the promise, from the card or in all; not positive for none. */
    Money excess(Money charged, Money total) {
        Money ofCard = charged.minus(due);
        Money inAll = promise.total() == null ? ofCard : total.minus(promise.total());
        return ofCard.compareTo(inAll) > 0 ? ofCard : inAll;
    }

    Instant quotedAt() {
        return promise.quotedAt();
    }

    /** The second for which Stripe is asked to bill it. */
    Instant pricedAt() {
        return promise.pricedAt();
    }

    /** Whether no customer asked for it, nor anybody for one: it moves a subscription to another version of what it has. */
    public boolean vendors() {
        return actor.equals(MOVER.name());
    }

    /** Whether it waits, or waited, for a date: it is charged then, and Stripe is told nothing before. */
    public boolean dated() {
        return promise.date() != null;
    }

    Instant quoteExpiresAt() {
        return promise.expiresAt();
    }

    /** When it is taken up that waits for a date: on it, or, where Stripe is to make it at its very second, as long before as Stripe is told; absent of all else. */
    @Nullable Instant begins() {
        Instant date = promise.date();
        return date != null && startsPeriod() ? date.minus(Quotes.TOLD) : date;
    }

    /** Whether a new period is to begin together with another subscription's, which Stripe makes by itself at the promised second. */
    boolean startsPeriod() {
        return to.together() != null;
    }

    /** Whether Stripe is asked to bill it; what waits for the end of the period is billed with the next one, and an end with the period or its taking back is free. */
    boolean charges() {
        return (effectiveAt == null || dated()) && (from.renews() == to.renews() || to.over());
    }

    /** What was promised to be given back to the customer's balance; absent of what is no end at once. */
    public @Nullable Money credit() {
        Money total = promise.total();
        return total == null || !to.over() ? null : new Money(Math.max(0, Math.negateExact(total.minor())), due.currency());
    }

    /** Whether anything on the subscription is other afterwards, or in another quantity. */
    boolean movesItems() {
        return !from.items().equals(to.items());
    }

    /** What it takes of what is on offer; the rest of what it comes to is taken by what waits before it. */
    public List<OfferId> takes() {
        return to.offers().stream().filter(offer -> !from.offers().contains(offer)).toList();
    }

    /** The same, of which it is noted that Stripe is about to be asked. */
    PlanChange asked(int times, Instant at) {
        return new PlanChange(
                account, id, subscription, promise, state, growth, from, to, effectiveAt, due, charged, actor, requestedAt, times, at, invoice, failureCode,
                failureMessage, decidedAt, confirmBy);
    }

    /** Whether Stripe can have made it: it is told of what charges only after that was noted. */
    boolean mayBeMade() {
        return attempt > 0 || !charges();
    }

    /** The key under which Stripe is asked for it, so that twice is once. */
    String stripeKey(int attempt) {
        return id + ":update:" + attempt;
    }

    /** Which attempt of which change Stripe was asked for under a key; empty where that is none of these. */
    static Optional<Asked> asked(String stripeKey) {
        Matcher key = STRIPE_KEY.matcher(stripeKey);
        return key.matches() ? Ids.parse(key.group(1)).map(change -> new Asked(change, Integer.parseInt(key.group(2)))) : Optional.empty();
    }

    /** A request to Stripe. */
    record Asked(UUID change, int attempt) {}

    /** What it is called where something follows from it. */
    String cause() {
        return cause(id);
    }

    static String cause(UUID change) {
        return "plan-change:" + change;
    }

    /**
     * Something that happened to a change.
     *
     * @param actor     who did it; absent for what nobody did
     * @param stripeKey under which Stripe was asked; absent otherwise
     */
    public record Step(Kind kind, Instant at, @Nullable String actor, @Nullable String stripeKey) {

        /** What happened. */
        public enum Kind {
            /** The quote was made. */
            QUOTED,
            /** The quote was accepted. */
            REQUESTED,
            /** Stripe was asked, the last time. */
            ASKED,
            /** Somebody gave it up, or took it back. */
            GIVEN_UP,
            /** It came to its final state. */
            ENDED
        }
    }

    /** What the change itself tells of its way, in this order. */
    List<Step> ownSteps() {
        List<Step> steps = new ArrayList<>(List.of(
                new Step(Step.Kind.QUOTED, promise.quotedAt(), null, null), new Step(Step.Kind.REQUESTED, requestedAt, actor, null)));
        if (attemptedAt != null) {
            steps.add(new Step(Step.Kind.ASKED, attemptedAt, null, stripeKey(attempt)));
        }
        if (decidedAt != null) {
            steps.add(new Step(Step.Kind.ENDED, decidedAt, null, null));
        }
        return steps;
    }

    /** Where a change stands. */
    public enum State {
        /** Stored, and being carried out. */
        REQUESTED,
        /** The bank wants to hear from the card's holder. */
        ACTION_REQUIRED,
        /** Given up while it waited for the bank or for its time, and being taken back at Stripe. */
        CANCELING,
        /** Stripe makes it when the period ends, or Headroom when its date comes. */
        SCHEDULED,
        /** Charged what was quoted, and in force. */
        APPLIED,
        /** In force, but charged something else: an alert was raised. */
        MISMATCHED,
        /** The card was declined; nothing changed. */
        DECLINED,
        /** Stripe would have charged something else, or refused; nothing changed. */
        REFUSED,
        /** It could not be carried out while the quote was valid, or when its time came; nothing changed. */
        ABANDONED,
        /** Given up before it was paid, or before its time came; nothing changed. */
        CANCELED;

        public boolean open() {
            return this == REQUESTED || this == ACTION_REQUIRED || this == CANCELING;
        }
    }
}
