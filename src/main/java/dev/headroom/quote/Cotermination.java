package dev.headroom.quote;

import dev.headroom.error.HeadroomException;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.SubscriptionState;
import dev.headroom.time.BillingAnchor;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a period of a subscription that runs begins with another's from which on all of them do, or why none does. */
sealed interface Cotermination {

    String FIELD = "change.coterminateWith";

    /** @param change with its date, which the other subscription says */
    record At(RequestedChange change) implements Cotermination {}

    record Refused(QuoteResult why) implements Cotermination {}

    /** Nothing else goes with it: what brings more is paid before it is in force, and this is made by Stripe like a renewal. */
    static void requireAlone(RequestedChange change) {
        if (change.asksForTerms() || change.asksForEnd()) {
            throw HeadroomException.invalid(FIELD, "Ask for it alone, without plan, interval, seats, addOns, offers or an end");
        }
        if (change.when() != null) {
            throw HeadroomException.invalid("change.when", "The other subscription says when; leave it out, or coterminateWith");
        }
    }

    /**
     * @param at the second of the question
     * @throws HeadroomException INVALID_INPUT for itself, and for another date than the one that comes of it
     */
    static Cotermination of(RequestedChange change, AccountSubscription own, AccountSubscription other, Instant at) {
        if (own.id().equals(other.id())) {
            throw HeadroomException.invalid(FIELD, "This is the subscription itself; name another one of the account");
        }
        return against(own).or(() -> against(other, at)).or(() -> ifTogether(own, other)).<Cotermination>map(Refused::new)
                .orElseGet(() -> new At(dated(change, meeting(own, other, at))));
    }

    private static RequestedChange dated(RequestedChange change, Instant found) {
        if (change.at() != null && !change.at().equals(found)) {
            throw HeadroomException.invalid("change.at", "The other subscription says when, " + found + "; leave it out, or coterminateWith");
        }
        return change.at(found);
    }

    /** Whether there is nothing about either of them that keeps the one from being brought to the other's periods. */
    static boolean isPossible(AccountSubscription own, AccountSubscription other, Instant at) {
        return against(own).or(() -> against(other, at)).or(() -> ifTogether(own, other)).isEmpty();
    }

    /** Whether what was found in the second of a question would be found again. */
    static boolean holds(AccountSubscription own, @Nullable AccountSubscription other, Instant at, Instant found) {
        return other != null && isPossible(own, other, at) && meeting(own, other, at).equals(found);
    }

    /** Where a period of its own begins by itself nothing would be left to give back, and Stripe would bill it twice. */
    private static Instant meeting(AccountSubscription own, AccountSubscription other, Instant at) {
        Instant earliest = at.plus(Quotes.TOLD).plus(Quotes.TOLD);
        return other.renewals().meetings(other.interval(), own.interval(), at)
                .filter(date -> !date.isBefore(earliest) && !own.renewals().begins(own.interval(), date))
                .findFirst().orElseThrow();
    }

    private static Optional<QuoteResult> against(AccountSubscription own) {
        if (own.state() == SubscriptionState.TRIALING) {
            return refused(Rule.IN_TRIAL, "The subscription is in its trial; its periods are counted from the end of that, " + own.trialUntil());
        }
        return own.renews() ? Optional.empty() : refused(Rule.ENDS, "The subscription ends on " + own.cancelAt() + "; take that back first");
    }

    private static Optional<QuoteResult> against(AccountSubscription other, Instant at) {
        return switch (other.state()) {
            case TRIALING -> refused(Rule.OTHER_IN_TRIAL, "The other subscription is in its trial, and has no billing period before " + other.trialUntil());
            case PAST_DUE, UNPAID -> refused(Rule.OTHER_UNPAID, "The latest invoice of the other subscription is not paid");
            case INCOMPLETE, CANCELED -> refused(Rule.OTHER_NOT_ACTIVE, "The other subscription does not run");
            case ACTIVE -> !other.renews()
                    ? refused(Rule.OTHER_ENDS, "The other subscription ends at " + other.cancelAt())
                    : at.isBefore(other.period().until())
                            ? Optional.empty()
                            : refused(Rule.OTHER_RENEWING, "The other subscription's period has just ended and Stripe is billing the next one; ask again in a moment");
        };
    }

    private static Optional<QuoteResult> ifTogether(AccountSubscription own, AccountSubscription other) {
        BillingAnchor counted = own.renewals();
        return other.renewals().meets(other.interval(), counted, own.interval(), own.period().until())
                ? refused(Rule.NOTHING_CHANGES, "The periods of both begin together already")
                : Optional.empty();
    }

    private static Optional<QuoteResult> refused(Rule rule, String reason) {
        return Optional.of(new ChangeNotAllowed(rule, reason, FIELD, null));
    }
}
