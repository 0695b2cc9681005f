package dev.headroom.start;

import dev.headroom.time.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to begin with.
 *
 * @param plan      key of a plan on sale
 * @param interval  absent is MONTH
 * @param seats     absent is 1; not for plans with one price for everybody
 * @param trialDays absent or 0 is no trial; up to 730
 * @param coterminateWith id of a subscription of the account's, with whose period its own end together; without a trial
 * @param offer     key of an offer to take
 * @param offers    keys of several offers to take, in the order in which they reduce; without {@code offer}
 */
public record RequestedStart(
        String plan, @Nullable Interval interval, @Nullable Long seats, @Nullable Integer trialDays, @Nullable String coterminateWith, @Nullable String offer,
        @Nullable List<String> offers) {

    /** With periods of its own, and no offers. */
    public RequestedStart(String plan, @Nullable Interval interval, @Nullable Long seats, @Nullable Integer trialDays) {
        this(plan, interval, seats, trialDays, null, null, null);
    }

    RequestedStart withoutTrial() {
        return new RequestedStart(plan, interval, seats, null, coterminateWith, offer, offers);
    }
}
