package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.money.Money;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.Quotation;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange.When;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A priced, signed, expiring promise: accepting it charges exactly {@link #dueNow()}, or is refused with a fresh one.
 *
 * @param token     what to accept it with
 * @param when      at once, at a date, or with the next period
 * @param quotedAt  the whole second at which time is cut
 * @param expiresAt exclusive
 * @param verified     whether Stripe was asked and would bill exactly this; where nothing is charged on acceptance, of the next invoice
 * @param nextVerified whether the next invoice is as Stripe has it
 * @param comparison   of what is granted before and after: gone through when somebody asks, for thousands of quotes are held at once
 * @param bundles      that are formed, broken or kept by it
 */
public record Quote(
        UUID id, String token, AccountId account, AccountSubscription subscription, When when, Target target, Instant quotedAt, Instant expiresAt,
        Quotation quotation, boolean verified, boolean nextVerified, Comparison comparison, List<BundleChange> bundles) implements QuoteResult {

    /** A feature whose limit or setting would differ; an absent side is not granted. */
    public record FeatureDifference(Feature feature, @Nullable Allowance before, @Nullable Allowance after, boolean gain) {}

    /**
     * How much of a feature is granted.
     *
     * @param included absent is unlimited, or a gate or a setting
     * @param setting  the value of a setting
     */
    public record Allowance(@Nullable Long included, @Nullable String setting) {}

    /**
     * What is used now beyond what would be included; the change is possible, the excess stays visible until it is resolved.
     *
     * @param excess units
     */
    public record Violation(Feature feature, long used, long included, long excess) {}

    /** When it takes effect: at the quoted second, at the date that was asked for, or at the end of the period, as the end of a subscription usually does. */
    public Instant effectiveAt() {
        if (target.endsAt() != null) {
            return target.endsAt();
        }
        boolean ends = subscription.renews() && !target.renews() && !target.over();
        return switch (when) {
            case NOW -> ends ? subscription.period().until() : quotedAt;
            case AT_DATE -> quotation.now().at();
            case PERIOD_END -> subscription.period().until();
        };
    }

    /** Whose amounts the lines of now are: ours as long as they come to as much as Stripe's. */
    public InvoiceLine.Source source() {
        return quotation.now().lines().stream().map(InvoiceLine::source).filter(source -> source == InvoiceLine.Source.STRIPE).findFirst()
                .orElse(InvoiceLine.Source.HEADROOM);
    }

    public Money dueNow() {
        return when == When.AT_DATE ? Money.zero(quotation.dueNow().currency()) : quotation.dueNow();
    }

    /** What is charged when the date comes that it waits for; absent of what waits for none. */
    public @Nullable Money dueAtDate() {
        return when == When.AT_DATE ? quotation.dueNow() : null;
    }

    public List<FeatureDifference> differences() {
        return comparison.differences();
    }

    public List<Violation> violations() {
        return comparison.violations();
    }

    public List<FeatureDifference> gains() {
        return differences().stream().filter(FeatureDifference::gain).toList();
    }

    public List<FeatureDifference> losses() {
        return differences().stream().filter(difference -> !difference.gain()).toList();
    }
}
