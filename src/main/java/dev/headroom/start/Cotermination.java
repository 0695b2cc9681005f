package dev.headroom.start;

import dev.headroom.start.StartQuoteResult.Rule;
import dev.headroom.start.StartQuoteResult.StartNotAllowed;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.time.Interval;
import java.time.Instant;

/** Where the first period of a subscription ends whose periods end with another's, or why they cannot. */
sealed interface Cotermination {

    record Until(Instant until) implements Cotermination {}

    record Refused(StartNotAllowed why) implements Cotermination {}

    /** @param at the second in which the one that begins does so */
    static Cotermination of(AccountSubscription other, Interval interval, Instant at) {
        return switch (other.state()) {
            case TRIALING -> refused(Rule.OTHER_IN_TRIAL, "The other subscription is in its trial, and has no billing period before " + other.trialUntil());
            case PAST_DUE, UNPAID -> refused(Rule.OTHER_UNPAID, "The latest invoice of the other subscription is not paid");
            case INCOMPLETE, CANCELED -> refused(Rule.OTHER_NOT_ACTIVE, "The other subscription does not run");
            case ACTIVE -> ofRunning(other, interval, at);
        };
    }

    private static Cotermination ofRunning(AccountSubscription other, Interval interval, Instant at) {
        if (!other.renews()) {
            return refused(Rule.OTHER_ENDS, "The other subscription ends at " + other.cancelAt());
        }
        if (!at.isBefore(other.period().until())) {
            return refused(Rule.OTHER_RENEWING, "The other subscription's period has just ended and Stripe is billing the next one; ask again in a moment");
        }
        return other.renewals().meeting(other.interval(), interval, at)
                .<Cotermination>map(Until::new)
                .orElseGet(() -> refused(
                        Rule.PERIODS_WOULD_PART, "The other subscription is billed on the last days of months, which are not the same in all of them: "
                                + "counted from the next one, both would part. Ask again in another month, or without coterminateWith"));
    }

    private static Cotermination refused(Rule rule, String reason) {
        return new Refused(new StartNotAllowed(rule, reason));
    }
}
