package dev.headroom.quote;

import dev.headroom.error.HeadroomException;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.quote.Targets.Answer;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import java.time.Instant;
import java.util.List;

/** What a request comes to: a target and when it is reached, or why there is none. */
sealed interface Proposal {

    record Found(When when, Target target) implements Proposal {}

    record Refused(QuoteResult why) implements Proposal {}

    /** @param held seats that members hold */
    static Proposal of(RequestedChange change, Steering steering, long held) {
        if (change.asksForEnd()) {
            return ending(change, steering);
        }
        boolean dated = change.at() != null || change.when() == When.AT_DATE;
        Proposal found = dated ? DatedProposal.of(change, steering, held) : undated(change, steering, held, steering.now().at());
        return DatedProposal.unlessOneWaits(found, change, steering.now().subscription());
    }

    /** @param accepted the second in which it would be accepted */
    static Proposal undated(RequestedChange change, Steering steering, long held, Instant accepted) {
        return change.namedOffers().isEmpty() ? ofTerms(change, steering, held) : OfferedProposal.of(change, steering, held, accepted);
    }

    static Proposal ofTerms(RequestedChange change, Steering steering, long held) {
        When asked = change.when();
        if (asked != null) {
            return at(asked, change, steering, held);
        }
        Proposal atOnce = at(When.NOW, change, steering, held);
        return isForLater(atOnce, steering.now()) ? at(When.PERIOD_END, change, steering, held) : atOnce;
    }

    /** What waits by policy, and what is as it should be now but will not stay so, is meant for the next period. */
    private static boolean isForLater(Proposal atOnce, Circumstances now) {
        return switch (atOnce) {
            case Found(When when, Target _) -> when == When.PERIOD_END;
            case Refused(ChangeNotAllowed(Rule rule, var _, var _, var _)) when rule == Rule.NOTHING_CHANGES -> !now.subscription().imminent().isEmpty();
            case Refused _ -> false;
        };
    }

    private static Proposal at(When when, RequestedChange change, Steering steering, long held) {
        Circumstances now = steering.now();
        boolean waits = when == When.PERIOD_END || change.interval() != null && change.interval() != now.subscription().interval();
        if (!now.subscription().renews() && (waits || now.endsWithinThePeriod())) {
            return ends(now.subscription());
        }
        return switch (answer(change, now, when, held)) {
            case Answer.Found(Target target) -> steering.steered(change.when(), when, target);
            case Answer.Refused(QuoteResult why) -> new Refused(why);
        };
    }

    /** Nothing waits for the end of a period after which there is none. */
    static Proposal ends(AccountSubscription subscription) {
        return refused(Rule.ENDS, "The subscription ends on " + subscription.cancelAt() + "; take that back first");
    }

    private static Answer answer(RequestedChange change, Circumstances now, When when, long held) {
        AccountSubscription subscription = now.subscription();
        return new Targets(subscription.account().value(), now.base(when), subscription.balance().currency(), now.catalog(), List.of(), held, now.bundling()::of).find(change);
    }

    private static Proposal ending(RequestedChange change, Steering steering) {
        Circumstances now = steering.now();
        boolean ends = Boolean.TRUE.equals(change.cancel()) || Boolean.TRUE.equals(change.cancelAtPeriodEnd());
        requireAlone(change);
        if (ends && change.when() == When.NOW) {
            return steering.over();
        }
        if (!ends && now.wasCutShort()) {
            return refused(Rule.ENDS, "The subscription ends in the middle of a period, which was billed up to there; take that back at Stripe");
        }
        if (now.subscription().renews() != ends) {
            return refused(Rule.NOTHING_CHANGES, "The subscription is already like that");
        }
        if (change.at() != null || change.when() == When.AT_DATE) {
            return endingAt(DatedProposal.date(change, now), steering);
        }
        return ends ? steering.ending() : new Found(When.NOW, now.current().renewing(true));
    }

    private static Proposal endingAt(Instant date, Steering steering) {
        return date.equals(steering.now().subscription().period().until()) ? steering.ending() : steering.endingAt(date);
    }

    private static void requireAlone(RequestedChange change) {
        String field = change.cancel() == null ? "change.cancelAtPeriodEnd" : "change.cancel";
        boolean dated = change.at() != null || change.when() == When.AT_DATE;
        if (dated && (change.when() != null && change.when() != When.AT_DATE || !Boolean.TRUE.equals(change.cancel()))) {
            throw HeadroomException.invalid("change.at", "A date is for what shall be, or with cancel for the end of a subscription; and without another when");
        }
        if (change.asksForTerms() || change.when() != null && !Boolean.TRUE.equals(change.cancel())) {
            throw HeadroomException.invalid(
                    field, "Ask for the end of a subscription alone, without plan, interval, seats, addOns or offers; and for when with cancel only");
        }
        if (change.cancel() != null && change.cancelAtPeriodEnd() != null) {
            throw HeadroomException.invalid(field, "Ask for the end of a subscription in one way: cancel, or cancelAtPeriodEnd");
        }
    }

    private static Proposal refused(Rule rule, String reason) {
        return new Refused(new ChangeNotAllowed(rule, reason));
    }
}
