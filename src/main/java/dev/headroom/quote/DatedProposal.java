package dev.headroom.quote;

import dev.headroom.error.HeadroomException;
import dev.headroom.quote.Proposal.Found;
import dev.headroom.quote.Proposal.Refused;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a request for a date comes to: the same change as if it were that second, where nothing can come in between that nobody knows yet. */
final class DatedProposal {

    /** Stripe's own limit. */
    private static final Duration LONGEST = Duration.ofDays(5 * 365);

    private DatedProposal() {}

    static Proposal of(RequestedChange change, Steering steering, long held) {
        AccountSubscription subscription = steering.now().subscription();
        if (change.when() != null && change.when() != When.AT_DATE) {
            throw HeadroomException.invalid("change.at", "Ask for a date without another when");
        }
        Instant date = date(change, steering.now());
        Instant until = subscription.period().until();
        if (subscription.cancelAt() != null && !date.isBefore(subscription.cancelAt())) {
            return refused(Rule.ENDS, "The subscription ends on " + subscription.cancelAt() + "; take that back first, or ask for a date before");
        }
        if (date.equals(until)) {
            return Proposal.undated(change.at(When.PERIOD_END), steering, held, steering.now().at());
        }
        if (date.isAfter(until)) {
            return refused(Rule.BEYOND_PERIOD, "What a later period is billed cannot be promised yet; the latest date is the end of the period, " + until);
        }
        return switch (Proposal.undated(change.at(When.NOW), steering.then(date), held, steering.now().at())) {
            case Found(When _, Target target) -> new Found(When.AT_DATE, target);
            case Refused refused -> refused;
        };
    }

    /** What was promised for a date would be something else after a change at once, or after another date. */
    static Proposal unlessOneWaits(Proposal found, AccountSubscription subscription) {
        return switch (found) {
            case Found(When when, Target _) when when != When.PERIOD_END && subscription.dated().isPresent() -> refused(
                    Rule.WAITS_FOR_DATE, "A change waits for " + subscription.dated().get().date() + ", and its price would be another; take that back first, or ask for when PERIOD_END");
            case Found _, Refused _ -> found;
        };
    }

    /** The second that is asked for. */
    static Instant date(RequestedChange change, Circumstances now) {
        if (change.at() == null) {
            throw HeadroomException.invalid("change.at", "Say the date, or leave out when");
        }
        Instant date = change.at().truncatedTo(ChronoUnit.SECONDS);
        if (!date.isAfter(now.at())) {
            throw HeadroomException.invalid("change.at", "It is over: ask for a time to come, or for when NOW");
        }
        if (date.isAfter(now.at().plus(LONGEST))) {
            throw HeadroomException.invalid("change.at", "At most five years ahead");
        }
        return date;
    }

    private static Proposal refused(Rule rule, String reason) {
        return new Refused(new ChangeNotAllowed(rule, reason));
    }
}
