package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.PriceId;
import dev.headroom.stripe.StripeGateway;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.ObservedSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings what Stripe has into {@code subscription}; reads again whenever somebody else wrote meanwhile. */
@Service
class SubscriptionMirrors {

    private final StripeGateway stripe;
    private final StripeLinksRepository links;
    private final Subscriptions subscriptions;
    private final Catalog catalog;
    private final TransactionTemplate transaction;

    SubscriptionMirrors(
            StripeGateway stripe, StripeLinksRepository links, Subscriptions subscriptions, Catalog catalog, TransactionTemplate transaction) {
        this.stripe = stripe;
        this.links = links;
        this.subscriptions = subscriptions;
        this.catalog = catalog;
        this.transaction = transaction;
    }

    /**
     * Records a subscription as Stripe has it now.
     *
     * @param alongside runs in the transaction that records it
     */
    AccountSubscription refresh(
            Actor actor, AccountId account, SubscriptionId id, String stripeId, String cause, Consumer<StripeSubscription> alongside) {
        Optional<AccountSubscription> stored = Optional.empty();
        while (stored.isEmpty()) {
            long revision = subscriptions.revision(account, id);
            StripeSubscription read = stripe.subscription(stripeId);
            ObservedSubscription observed = new StripeReader(catalog.snapshot(), this::price).read(account, id, read, revision);
            stored = Optional.ofNullable(transaction.execute(_ -> {
                Optional<AccountSubscription> recorded = subscriptions.record(actor, observed, cause);
                recorded.ifPresent(_ -> alongside.accept(read));
                return recorded;
            })).orElseThrow();
        }
        return stored.get();
    }

    private PriceId price(String stripePrice) {
        return links.local(Kind.PRICE, stripePrice)
                .map(PriceId::new)
                .orElseThrow(() -> new IllegalStateException("Stripe bills a price that the catalogue does not know: " + stripePrice));
    }
}
