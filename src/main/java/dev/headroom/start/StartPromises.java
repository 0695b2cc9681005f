package dev.headroom.start;

import dev.headroom.account.Account;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.preview.Beginning;
import dev.headroom.preview.Preview;
import dev.headroom.preview.Previews;
import dev.headroom.pricing.BillingMode;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Proration;
import dev.headroom.pricing.Quotation;
import dev.headroom.pricing.QuotationFacts;
import dev.headroom.start.StartQuoteResult.Rule;
import dev.headroom.start.StartQuoteResult.StartNotAllowed;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Makes quotes of starts: reckoned, held against Stripe, and signed. What a customer has on its balance, owes in taxes and was given by hand only Stripe
 * knows before anything runs, so that it is always asked once it knows the customer; whom it does not know has none of that.
 */
@Service
class StartPromises {

    private static final Logger LOG = LoggerFactory.getLogger(StartPromises.class);

    private final Previews previews;
    private final StartTokens tokens;
    private final Duration lifetime;

    StartPromises(Previews previews, StartTokens tokens, @Value("${headroom.quote.lifetime:15m}") Duration lifetime) {
        this.previews = previews;
        this.tokens = tokens;
        this.lifetime = lifetime;
    }

    /** @param at the whole second at which time is cut */
    StartQuoteResult of(Account account, RequestedStart wanted, StartTarget target, GrowthKind growth, Instant at) {
        Quotation reckoned = reckoned(account, target, at);
        String customer = account.stripeCustomer();
        if (customer == null) {
            return signed(account, wanted, target, reckoned, growth, false);
        }
        try {
            Preview told = previews.start(customer, target.beginning(at), account.currency());
            return told.taxUnknown()
                    ? new StartNotAllowed(Rule.TAX_UNKNOWN, "Stripe cannot tell the tax of this start; it needs to know where the customer is")
                    : signed(account, wanted, target, over(reckoned, told), growth, true);
        } catch (StripeUnavailableException silent) {
            return unanswered(silent);
        } catch (StripeRefusedException refused) {
            LOG.warn("Stripe would refuse to start {} for account {}: {}", target.version().plan().key(), account.id(), refused.getMessage());
            return new StartNotAllowed(Rule.STRIPE_REFUSES, "Stripe would refuse this start: " + refused.getMessage());
        } catch (HeadroomException unknown) {
            if (unknown.code() != ErrorCode.STRIPE_UNAVAILABLE) {
                throw unknown;
            }
            return unanswered(unknown);
        }
    }

    Optional<StartClaims> read(String token) {
        return tokens.read(token);
    }

    private static StartQuoteResult unanswered(RuntimeException silent) {
        LOG.warn("A start could not be held against Stripe: {}", silent.getMessage());
        return new StartNotAllowed(Rule.NOT_VERIFIED, "Only Stripe can say what this costs, and it does not answer; ask again in a moment");
    }

    private static Quotation reckoned(Account account, StartTarget target, Instant at) {
        BillingAnchor anchor = target.anchor(at);
        Instant trial = target.trialUntil();
        Period first = trial == null ? anchor.period(target.price().price().interval(), 0) : new Period(at, trial);
        return Quotation.of(new QuotationFacts(
                at, BillingMode.FLEXIBLE, Proration.INVOICE_NOW, List.of(), List.of(target.priced(at)), first, anchor, trial, null,
                Money.zero(account.currency())));
    }

    /** With Stripe's amounts: lines of ours that come to as much stay, with their arithmetic. The invoice after it is ours, on what this one leaves. */
    private static Quotation over(Quotation reckoned, Preview told) {
        Invoice ours = reckoned.now();
        Invoice first = ours.net().equals(told.net()) ? told.invoice(ours.at(), ours.lines()) : told.invoice(ours.at());
        Invoice next = reckoned.next();
        return reckoned.billing(first, next == null ? null : next.drawingOn(first.endingBalance()));
    }

    private StartQuote signed(Account account, RequestedStart wanted, StartTarget target, Quotation quotation, GrowthKind growth, boolean verified) {
        Instant at = quotation.now().at();
        Beginning begun = target.beginning(at);
        StartClaims claims = new StartClaims(
                Ids.next(), account.id(), wanted, target.price().id(), target.quantity(), target.trialUntil(),
                begun.item().bundle(), begun.offers(), begun.stub() == null ? null : begun.stub().until(), at, expiry(target, at), quotation.now().due(),
                quotation.now().total());
        return new StartQuote(claims.quote(), tokens.write(claims), account.id(), target, at, claims.expiresAt(), quotation, growth, verified);
    }

    /** A quote ends with whatever would change its amount by itself. */
    private Instant expiry(StartTarget target, Instant at) {
        Stream<Instant> bundled = Optional.ofNullable(target.bundle()).flatMap(bundle -> Optional.ofNullable(bundle.until())).stream();
        Stream<Instant> offered = target.offers().stream().map(offer -> offer.window().until());
        Stream<Instant> together = Optional.ofNullable(target.together()).map(StartTarget.Together::until).stream();
        return Stream.of(Stream.of(at.plus(lifetime)), bundled, offered, together).flatMap(each -> each).min(Instant::compareTo).orElseThrow();
    }
}
