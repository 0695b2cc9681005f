package dev.headroom.impact;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.QuoteResult.AddOnNotOnSale;
import dev.headroom.quote.QuoteResult.AgainstPolicy;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.ChangeOnHold;
import dev.headroom.quote.QuoteResult.CreditTooSoon;
import dev.headroom.quote.QuoteResult.PaymentPastDue;
import dev.headroom.quote.QuoteResult.PlanNotOnSale;
import dev.headroom.shown.ShownQuote;
import org.jspecify.annotations.Nullable;

/** What moving a subscription would cost, without what it could be accepted with; or why nobody can say so now. Exactly one of the two is there. */
record ImpactQuote(@Nullable ShownQuote quote, @Nullable String refusal) {

    /** @param catalog with the version that is not sold */
    static ImpactQuote of(QuoteResult result, CatalogSnapshot catalog) {
        return switch (result) {
            case Quote quote -> new ImpactQuote(ShownQuote.of(quote, catalog), null);
            case PlanNotOnSale(var plan) -> refused(plan.name() + " is not on sale");
            case AddOnNotOnSale(var addOn) -> refused(addOn.name() + " is not on sale");
            case ChangeNotAllowed refused -> refused(refused.reason());
            case AgainstPolicy refused -> refused(refused.reason());
            case CreditTooSoon refused -> refused(refused.reason());
            case ChangeOnHold refused -> refused(refused.reason());
            case PaymentPastDue _ -> refused("An invoice of this subscription is not paid; until it is, nothing of it can be changed");
        };
    }

    private static ImpactQuote refused(String reason) {
        return new ImpactQuote(null, reason);
    }
}
