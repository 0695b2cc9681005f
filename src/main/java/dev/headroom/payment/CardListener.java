package dev.headroom.payment;

import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged.OfCustomer;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged.OfInvoice;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged.OfPayment;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged.OfSubscription;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Follows what happens to cards at Stripe by itself: saved by a set-up that nobody came back from, renewed by the bank, removed there. */
@Component
class CardListener {

    private static final Actor.System SELF = new Actor.System("stripe");

    private final Accounts accounts;
    private final Cards cards;

    CardListener(Accounts accounts, Cards cards) {
        this.accounts = accounts;
        this.cards = cards;
    }

    @EventListener
    void on(StripeObjectChanged changed) {
        switch (changed) {
            case OfCustomer(var _, String id, boolean ofBalanceAlone, var _) when !ofBalanceAlone ->
                    accounts.byCustomer(SELF, id).ifPresent(account -> cards.read(SELF, account, "readPaymentMethods"));
            case OfCustomer _, OfSubscription _, OfInvoice _, OfPayment _ -> { }
        }
    }
}
