package dev.headroom.overage;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports of overage that Stripe took, looked at later, and does not count, so that nobody is billed for them.
 *
 * @param id      Stripe's id of the event that told
 * @param heardAt when Headroom was told
 * @param meter   Stripe's id; absent where what was reported named none
 * @param from    since when Stripe looked at what was reported; absent where it does not say
 * @param until   and until when, exclusive
 * @param count   of reports, by Headroom or anybody else
 * @param summary for people
 */
public record UsageRejection(
        String id, Instant at, Instant heardAt, @Nullable String meter, @Nullable Instant from, @Nullable Instant until, long count, String summary,
        List<Reason> reasons) {

    /**
     * What is wrong with some of them.
     *
     * @param code    Stripe's, for example {@code meter_event_customer_not_found}
     * @param samples some of them, as many as Stripe names
     */
    public record Reason(String code, long count, List<Sample> samples) {}

    /**
     * @param identifier under which it was reported; absent where Stripe does not say
     * @param report     which of ours that is; absent for one that is not ours
     */
    public record Sample(String message, @Nullable String identifier, @Nullable RejectedReport report) {}

    /** @param units negative took some back */
    public record RejectedReport(AccountId account, FeatureId feature, long units) {}
}
