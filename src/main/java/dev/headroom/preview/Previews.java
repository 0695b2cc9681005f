package dev.headroom.preview;

import dev.headroom.stripe.StripeGateway;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionTerms;
import java.time.Instant;
import java.util.Currency;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Asks Stripe what terms would be billed; nothing is stored there, and nothing charged. */
@Service
public class Previews {

    private final StripeGateway stripe;
    private final TermsRequests requests;

    Previews(StripeGateway stripe, TermsRequests requests) {
        this.stripe = stripe;
        this.requests = requests;
    }

    /**
     * What putting terms on a subscription would be billed at once; one request.
     *
     * @param at the whole second at which time is cut
     * @throws StripeUnavailableException when Stripe does not answer
     * @throws StripeRefusedException     when it would not do it either
     */
    public Preview now(AccountSubscription subscription, SubscriptionTerms to, Instant at) {
        if (to.over()) {
            return PreviewReading.ofEnd(subscription, at, requests::sells).now(stripe.previewEnd(subscription.stripeId(), at, to.prorated()));
        }
        UpdateSubscription request = requests.of(to, subscription, at);
        return new PreviewReading(subscription, request, requests::sells).now(stripe.preview(request));
    }

    /**
     * What a start would be billed first; one request.
     *
     * @throws StripeUnavailableException when Stripe does not answer
     * @throws StripeRefusedException     when it would not start it either
     */
    public Preview start(String customer, Beginning beginning, Currency currency) {
        return new StartReading(new StripeAmounts(currency)).first(stripe.previewStart(requests.begun(customer, beginning, "")));
    }

    /**
     * What the period after the running one would be billed on terms, drawing on the balance of now; one request.
     *
     * @param waitingBilled whether what waits for an invoice is billed before
     * @param spent         discounts that will have been used up by then
     * @throws StripeUnavailableException when Stripe does not answer
     * @throws StripeRefusedException     when there could be no such period
     */
    public Preview period(AccountSubscription subscription, SubscriptionTerms to, Instant at, boolean waitingBilled, Set<String> spent) {
        UpdateSubscription request = requests.of(to, subscription, at, spent);
        return new PreviewReading(subscription, request, requests::sells).period(stripe.previewPeriod(request), waitingBilled);
    }
}
