package dev.headroom.quote;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.ChangeOnHold;
import dev.headroom.quote.QuoteResult.Hold;
import dev.headroom.quote.QuoteResult.PaymentPastDue;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.Collection;
import dev.headroom.subscription.AccountSubscription.Unreckoned;
import dev.headroom.subscription.RequestedChange.When;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What self-service may not do with a subscription as it stands and as it is paid for; the one place that says so. */
final class Obstacle {

    private Obstacle() {}

    /** @param at the second for which a change would be priced */
    static Optional<QuoteResult> of(AccountSubscription subscription, CatalogSnapshot catalog, Instant at) {
        return switch (subscription.state()) {
            case PAST_DUE, UNPAID -> Optional.of(new PaymentPastDue(subscription));
            case INCOMPLETE, CANCELED -> refused(Rule.INCOMPLETE, "The first invoice of this subscription was not paid");
            case ACTIVE, TRIALING -> ofCollection(subscription).or(() -> ofTime(subscription, at)).or(() -> ofItems(subscription, catalog));
        };
    }

    /** Why a subscription that was promised to stay for so long may not become less yet. */
    static Optional<QuoteResult> ofCommitment(Circumstances now, When when, Target target) {
        Instant until = now.subscription().collection().committedUntil();
        return until == null || !now.effective(when, target).isBefore(until) || !now.lessens(target) ? Optional.empty() : held(
                now.subscription(), Hold.COMMITTED, until, "The contract holds until " + until + "; what brings less can take effect from then on");
    }

    /** An invoice that is sent and not overdue keeps nothing from being changed. */
    private static Optional<QuoteResult> ofCollection(AccountSubscription subscription) {
        Collection collection = subscription.collection();
        if (collection.paused()) {
            return held(subscription, Hold.COLLECTION_PAUSED, collection.resumesAt(),
                    "Collecting payments for this subscription is paused; it can be changed once the vendor resumes it");
        }
        return collection.disputed()
                ? held(subscription, Hold.PAYMENT_DISPUTED, null,
                        "A payment for this subscription is disputed with the bank; withdraw the dispute there, or wait for its end")
                : Optional.empty();
    }

    private static Optional<QuoteResult> held(AccountSubscription subscription, Hold hold, @Nullable Instant until, String reason) {
        return Optional.of(new ChangeOnHold(subscription, hold, until, reason));
    }

    /** Stripe takes a moment to begin the next period, and tells of it a moment later. */
    private static Optional<QuoteResult> ofTime(AccountSubscription subscription, Instant at) {
        return at.isBefore(subscription.period().until())
                ? Optional.empty()
                : refused(Rule.RENEWING, "The billing period has just ended and Stripe is billing the next one; ask again in a moment");
    }

    private static Optional<QuoteResult> ofItems(AccountSubscription subscription, CatalogSnapshot catalog) {
        if (!subscription.foreignPrices().isEmpty()) {
            return refused(Rule.FOREIGN_PRICE, "Stripe bills something on this subscription that the catalogue does not know; take it off there first");
        }
        if (subscription.unreckoned().contains(Unreckoned.SCHEDULED_ELSEWHERE)) {
            return refused(Rule.FOREIGN_SCHEDULE, "A schedule that was made at Stripe will change this subscription; release it there first");
        }
        if (subscription.items().stream().filter(item -> catalog.version(item.planVersion()).plan().tier()).count() > 1) {
            return refused(Rule.SEVERAL_PLANS, "Stripe bills several plans on this subscription; give each a subscription of its own there first");
        }
        if (subscription.items().stream().map(item -> catalog.price(item.price()).price().interval()).distinct().count() > 1) {
            return refused(Rule.MIXED_INTERVALS, "Stripe bills this subscription by the month and by the year; put all of it on one interval there first");
        }
        return Optional.empty();
    }

    private static Optional<QuoteResult> refused(Rule rule, String reason) {
        return Optional.of(new ChangeNotAllowed(rule, reason));
    }
}
