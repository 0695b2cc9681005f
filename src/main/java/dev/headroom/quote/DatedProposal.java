package dev.headroom.quote;

import dev.headroom.error.HeadroomException;
import dev.headroom.quote.Proposal.Found;
import dev.headroom.quote.Proposal.Refused;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.subscription.AccountSubscription.Unreckoned;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What a request for a date comes to: the same change as if it were that second, where nothing can come in between that nobody knows yet. */
final class DatedProposal {

    /** Stripe's own limit. */
    private static final Duration LONGEST = Duration.ofDays(5 * 365);

    static final String ONLY_STRIPE = "Only Stripe can say what this costs, and it says nothing of a later period";
    private static final String FIELD = "change.at";

    private DatedProposal() {}

    static Proposal of(RequestedChange change, Steering steering, long held) {
        AccountSubscription subscription = steering.now().subscription();
        if (change.when() != null && change.when() != When.AT_DATE) {
            throw HeadroomException.invalid(FIELD, "Ask for a date without another when");
        }
        Instant date = date(change, steering.now());
        Instant until = subscription.period().until();
        Instant end = subscription.cancelAt();
        if (end != null && !date.isBefore(end)) {
            return refused(change, Rule.ENDS, "The subscription ends on " + end + "; take that back first, or ask for a date before", end.minusSeconds(1));
        }
        if (date.equals(until)) {
            return Proposal.undated(change.at(When.PERIOD_END), steering, held, steering.now().at());
        }
        Instant farthest = steering.farthest();
        if (date.isAfter(until) && date.isAfter(farthest)) {
            return refused(change, Rule.TOO_FAR, "Prices are promised until " + farthest + " at most", until.isAfter(farthest) ? until : farthest);
        }
        if (date.isAfter(until) && subscription.unreckoned().stream().anyMatch(each -> each != Unreckoned.WAITING)) {
            return refused(change, Rule.BEYOND_PERIOD, ONLY_STRIPE + "; the latest date is the end of the period, " + until, until);
        }
        if (subscription.scheduled().stream().anyMatch(waiting -> date.equals(waiting.date()))) {
            return refused(change, Rule.WAITS_FOR_DATE, "Another change waits for this very second; take that back first, or ask for another time", null);
        }
        if (change.asksForPeriods()) {
            return together(change, steering.now().then(date));
        }
        return switch (Proposal.undated(change.at(When.NOW), steering.then(date), held, steering.now().at())) {
            case Found(When _, Target target) -> new Found(When.AT_DATE, target);
            case Refused refused -> refused;
        };
    }

    private static Proposal together(RequestedChange change, Circumstances then) {
        boolean begins = then.subscription().period().from().equals(then.at());
        return begins
                ? refused(change, Rule.WAITS_FOR_DATE, "A period begins at this very second, by a change that waits; take that back first", null)
                : new Found(When.AT_DATE, then.current().together(change.other().orElseThrow()));
    }

    /** What was promised for a date within the period would be something else after a change at once, or after another date in it. */
    static Proposal unlessOneWaits(Proposal found, RequestedChange change, AccountSubscription subscription) {
        return switch (found) {
            case Found(When when, Target _) when when != When.PERIOD_END && subscription.dated().isPresent() && !isLater(change, subscription) -> refused(
                    change, Rule.WAITS_FOR_DATE, "A change waits for " + subscription.dated().get().date() + ", and its price would be another; take that back first, or ask for when PERIOD_END", null);
            case Found _, Refused _ -> found;
        };
    }

    private static boolean isLater(RequestedChange change, AccountSubscription subscription) {
        return change.at() != null && !change.at().isBefore(subscription.period().until());
    }

    /** The second that is asked for. */
    static Instant date(RequestedChange change, Circumstances now) {
        if (change.at() == null) {
            throw HeadroomException.invalid(FIELD, "Say the date, or leave out when");
        }
        Instant date = change.at().truncatedTo(ChronoUnit.SECONDS);
        if (!date.isAfter(now.at())) {
            throw HeadroomException.invalid(FIELD, "It is over: ask for a time to come, or for when NOW");
        }
        if (date.isAfter(now.at().plus(LONGEST))) {
            throw HeadroomException.invalid(FIELD, "At most five years ahead");
        }
        return date;
    }

    private static Proposal refused(RequestedChange change, Rule rule, String reason, @Nullable Instant latest) {
        boolean found = change.asksForPeriods();
        return new Refused(new ChangeNotAllowed(rule, reason, found ? Cotermination.FIELD : FIELD, found ? null : latest));
    }
}
