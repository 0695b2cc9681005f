package dev.headroom.quote;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.PaymentPastDue;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.subscription.AccountSubscription;
import java.time.Instant;
import java.util.Optional;

/** Why nothing at all of a subscription can be changed as it stands. */
final class Obstacle {

    private Obstacle() {}

    /** @param at the second for which a change would be priced */
    static Optional<QuoteResult> of(AccountSubscription subscription, CatalogSnapshot catalog, Instant at) {
        return switch (subscription.state()) {
            case PAST_DUE -> Optional.of(new PaymentPastDue(subscription));
            case INCOMPLETE, CANCELED -> refused(Rule.INCOMPLETE, "The first invoice of this subscription was not paid");
            case ACTIVE, TRIALING -> ofTime(subscription, at).or(() -> ofItems(subscription, catalog));
        };
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
