package dev.headroom.quote;

import dev.headroom.actor.Actor;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.preview.Drift.Compared;
import dev.headroom.preview.Drift.Difference;
import dev.headroom.preview.Drifts;
import dev.headroom.preview.Preview;
import dev.headroom.preview.Previews;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.Asking.Need;
import dev.headroom.quote.QuoteProperties.Verify;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.stripe.StripeConnection;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange.When;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Holds what we reckon against what Stripe would bill, before anybody is promised it. Where they differ Stripe's amounts are promised, for
 * they will be charged, and the difference is noted. In doubt nothing is promised that Stripe has not said.
 */
@Service
class Verifications {

    private static final Logger LOG = LoggerFactory.getLogger(Verifications.class);

    private final Previews previews;
    private final Drifts drifts;
    private final Verify verify;

    Verifications(Previews previews, Drifts drifts, QuoteProperties properties, StripeConnection connection) {
        this.previews = previews;
        this.drifts = drifts;
        this.verify = Optional.ofNullable(properties.verify()).orElse(connection.base() == null ? Verify.ALWAYS : Verify.WHEN_IN_DOUBT);
    }

    /** @param quote that the answer will be in */
    Verified of(Asking asking, Circumstances now, When when, Target target, UUID quote) {
        AccountSubscription subscription = now.subscription();
        Quotation reckoned = now.price(when, target);
        boolean doubtful = asking.need() == Need.CERTAIN || !subscription.unreckoned().isEmpty() || drifts.isOpen(subscription.id());
        if (now.foreseen()) {
            return drifts.isOpen(subscription.id())
                    ? new Verified.Unable(new ChangeNotAllowed(Rule.BEYOND_PERIOD, DatedProposal.ONLY_STRIPE))
                    : new Verified.Promised(reckoned, reckoned, false, false);
        }
        boolean asks = doubtful || verify == Verify.ALWAYS && !asking.need().ofMany();
        // An end with the period, and its taking back, bill nothing, and Stripe previews neither.
        if (subscription.renews() != target.renews() && !target.over() || asking.need() == Need.IMAGINED || !asks) {
            return new Verified.Promised(reckoned, reckoned, false, false);
        }
        if (asking.need() == Need.COMPARED) {
            return new Verified.Unable(new ChangeNotAllowed(Rule.ASK_ALONE, "Only Stripe can say what this costs, and is not asked about many at once; ask for a quote of it alone"));
        }
        try {
            return held(asking, now, when, target, reckoned, quote);
        } catch (StripeUnavailableException silent) {
            return unanswered(reckoned, doubtful, silent);
        } catch (StripeRefusedException refused) {
            LOG.warn("Stripe would refuse a change of subscription {}: {}", subscription.stripeId(), refused.getMessage());
            return new Verified.Unable(new ChangeNotAllowed(Rule.STRIPE_REFUSES, "Stripe would refuse this change: " + refused.getMessage()));
        } catch (HeadroomException unknown) {
            if (unknown.code() != ErrorCode.STRIPE_UNAVAILABLE) {
                throw unknown;
            }
            return unanswered(reckoned, doubtful, unknown);
        }
    }

    /** Without doubt our own arithmetic is as good as it was before anybody thought of asking. */
    private static Verified unanswered(Quotation reckoned, boolean doubtful, RuntimeException silent) {
        LOG.warn("A quote could not be held against Stripe: {}", silent.getMessage());
        return doubtful
                ? new Verified.Unable(new ChangeNotAllowed(Rule.NOT_VERIFIED, "Only Stripe can say what this costs, and it does not answer; ask again in a moment"))
                : new Verified.Promised(reckoned, reckoned, false, false);
    }

    private Verified held(Asking asking, Circumstances now, When when, Target target, Quotation reckoned, UUID quote) {
        AccountSubscription subscription = now.subscription();
        @Nullable Held first = when != When.PERIOD_END ? first(now, target, reckoned) : null;
        boolean plain = first != null && first.agrees() && first.told().taxes().isEmpty() && subscription.unreckoned().isEmpty();
        // Of one among many it is enough to know what is charged at once: the next invoice is no promise, and would cost each another request.
        boolean listed = first != null && !plain && asking.need().ofMany();
        @Nullable Held second = plain || listed ? null : next(now, target, reckoned, first).orElse(null);
        if (first != null && first.told().taxUnknown() || second != null && second.told().taxUnknown()) {
            return new Verified.Unable(new ChangeNotAllowed(
                    Rule.TAX_UNKNOWN, "Stripe cannot tell the tax of this change; it needs to know where the customer is"));
        }
        if (!listed || !first.agrees()) {
            note(asking.actor(), subscription, quote, first, second);
        }
        Invoice billed = first == null ? reckoned.now() : first.invoice();
        return new Verified.Promised(
                reckoned.billing(billed, second == null ? reckoned.next() : second.invoice()), reckoned, first != null || second != null, second != null);
    }

    /** A date counts on no credit that another subscription may spend before it or in the same second. */
    private Held first(Circumstances now, Target target, Quotation reckoned) {
        Preview told = previews.now(now.subscription(), target.terms(), now.at());
        boolean known = target.together() == null && now.balance().equals(now.subscription().balance());
        return new Held(reckoned.now(), known ? told : told.drawingOn(reckoned.now().balance()));
    }

    /**
     * The next invoice, where Stripe can preview it: what waits for the end of the period is arranged anew once a change is accepted, and
     * until then Stripe previews what was arranged before. What is taken with it Stripe previews as if it were taken now.
     */
    private Optional<Held> next(Circumstances now, Target target, Quotation reckoned, @Nullable Held first) {
        AccountSubscription subscription = now.subscription();
        Invoice next = reckoned.next();
        if (next == null || !subscription.imminent().isEmpty() || !target.shownAt(now.at())) {
            return Optional.empty();
        }
        boolean waitingBilled = first != null && !first.told().lines().isEmpty();
        Preview told = previews.period(subscription, target.terms(), now.at(), waitingBilled, reckoned.spentDiscounts());
        return Optional.of(first == null
                ? new Held(next, told)
                : new Held(next.drawingOn(first.invoice().endingBalance()), told.drawingOn(first.invoice().endingBalance())));
    }

    /** A quote is not lost because a difference cannot be noted. */
    private void note(Actor actor, AccountSubscription subscription, UUID quote, @Nullable Held first, @Nullable Held second) {
        try {
            difference(subscription, quote, first, second).ifPresentOrElse(
                    difference -> drifts.differs(actor, subscription, difference), () -> drifts.agrees(subscription));
        } catch (RuntimeException unnoted) {
            LOG.warn("What a quote of subscription {} differs by could not be noted: {}", subscription.id(), unnoted.toString());
        }
    }

    private static Optional<Difference> difference(AccountSubscription subscription, UUID quote, @Nullable Held first, @Nullable Held second) {
        return Optional.ofNullable(first).filter(held -> !held.agrees()).map(held -> held.difference(quote, Compared.NOW, subscription))
                .or(() -> Optional.ofNullable(second).filter(held -> !held.agrees()).map(held -> held.difference(quote, Compared.NEXT, subscription)));
    }
}
