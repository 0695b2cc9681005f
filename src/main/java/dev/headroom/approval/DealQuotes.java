package dev.headroom.approval;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offers;
import dev.headroom.catalog.ProductId;
import dev.headroom.error.HeadroomException;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteClaims;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.Quotes;
import dev.headroom.shown.ShownQuote;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.time.Period;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What a deal would come to: a real quote, with a discount that nobody has agreed to yet as the offer that it would become. */
@Service
class DealQuotes {

    private final Quotes quotes;
    private final Offers offers;
    private final Subscriptions subscriptions;
    private final Catalog catalog;
    private final ApprovalRuleSets rules;
    private final InstantSource clock;

    DealQuotes(Quotes quotes, Offers offers, Subscriptions subscriptions, Catalog catalog, ApprovalRuleSets rules, InstantSource clock) {
        this.quotes = quotes;
        this.offers = offers;
        this.subscriptions = subscriptions;
        this.catalog = catalog;
        this.rules = rules;
        this.clock = clock;
    }

    /** A deal's price, or why there is none. */
    sealed interface Priced {

        /**
         * @param shown the quote, to be kept
         * @param offer that the discount would become; absent without one
         */
        record Found(
                Quote quote, ShownQuote shown, RequestedChange change, @Nullable NegotiatedDiscount discount, @Nullable Offer offer) implements Priced {

            /** As it is wished: nothing of it is there yet. */
            Deal wished() {
                return offer == null ? agreed() : new Deal(change.ofOffer(null), discount, shown.without(offer.id()));
            }

            /** As it can be accepted, once the offer is there. */
            Deal agreed() {
                return new Deal(change, discount, shown);
            }
        }

        record Refused(QuoteResult why) implements Priced {}
    }

    Priced price(Actor actor, AccountId account, RequestedChange change, @Nullable NegotiatedDiscount discount) {
        if (discount == null) {
            return priced(actor, quotes.quote(actor, account, change), null, null);
        }
        if (change.offer() != null) {
            throw HeadroomException.invalid("input.discount", "Ask for an offer or for another discount, not for both");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Optional<ProductId> product = product(actor, account, change);
        if (product.isEmpty()) {
            return priced(actor, quotes.quote(actor, account, change), null, null);
        }
        Offer imagined = offers.negotiated(
                "input.discount.", account.value(), product.get(), discount.reduction(), discount.term(), new Period(now, now.plus(rules.current(product.get()).patience())));
        return priced(actor, quotes.quote(actor, account, change, imagined), discount, imagined);
    }

    private Priced priced(Actor actor, QuoteResult result, @Nullable NegotiatedDiscount discount, @Nullable Offer offer) {
        return result instanceof Quote quote
                ? new Priced.Found(quote, ShownQuote.of(quote, catalog.snapshot()), quotes.asked(actor, quote.token()).change(), discount, offer)
                : new Priced.Refused(result);
    }

    private Optional<ProductId> product(Actor actor, AccountId account, RequestedChange change) {
        return named(account, change).or(() -> subscriptions.live(actor, account).stream().findFirst().map(subscription -> subscription.product()));
    }

    private Optional<ProductId> named(AccountId account, RequestedChange change) {
        CatalogSnapshot known = catalog.snapshot();
        return Optional.ofNullable(change.plan()).map(key -> known.requirePlan("input.change.plan", key, account.value()).product())
                .or(() -> Optional.ofNullable(change.product()).map(key -> known.requireProduct("input.change.product", key).id()));
    }

    /** What was agreed, as it could be accepted now. */
    QuoteResult live(Actor actor, ApprovalRequest request, Deal agreed) {
        return quotes.quote(actor, request.account(), agreed.change());
    }

    /** What was asked for with a quote, whether or not it still holds. */
    QuoteClaims asked(Actor actor, String token) {
        return quotes.asked(actor, token);
    }
}
