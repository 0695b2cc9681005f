package dev.headroom.change;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.account.PaymentMethod;
import dev.headroom.account.PaymentMethods;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.change.AddPaymentMethodResult.CardRefused;
import dev.headroom.change.AddPaymentMethodResult.PaymentMethodAdded;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.stripe.StripeCard;
import dev.headroom.stripe.StripeGateway;
import dev.headroom.stripe.StripeGateway.CardAnswer;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Accounts as customers of Stripe, and their cards. */
@Service
public class Customers {

    private static final Actor.System SELF = new Actor.System("change");

    private final Accounts accounts;
    private final PaymentMethods methods;
    private final StripeGateway stripe;

    Customers(Accounts accounts, PaymentMethods methods, StripeGateway stripe) {
        this.accounts = accounts;
        this.methods = methods;
        this.stripe = stripe;
    }

    Account account(Actor actor, @Nullable String key) {
        return accounts.meant(actor, key);
    }

    /** The account with its customer at Stripe, which is made when there is none yet; twice at once makes one. */
    Account ensure(Account account) {
        if (account.stripeCustomer() != null) {
            return account;
        }
        String customer = stripe.createCustomer(account.name(), account.email(), account.key(), "customer:" + account.id());
        return accounts.linkCustomer(SELF, account.id(), customer);
    }

    boolean hasCard(Account account) {
        return !methods.ofAccount(SELF, account.id()).isEmpty();
    }

    /** Saves a card that Stripe's library has collected, and charges it from now on. The same key again answers the same card. */
    public AddPaymentMethodResult addCard(Actor actor, AddPaymentMethod command) {
        Account account = account(actor, command.account());
        actor.require(Permission.CHANGE, account.id().value());
        Check.text("input.paymentMethod", command.paymentMethod());
        try {
            String customer = java.util.Objects.requireNonNull(ensure(account).stripeCustomer());
            String key = "card:" + account.id() + ":" + actor.name() + ":" + command.idempotencyKey();
            return switch (stripe.saveCard(customer, command.paymentMethod(), key)) {
                case CardAnswer.Saved(StripeCard card) -> new PaymentMethodAdded(save(actor, account, card));
                case CardAnswer.Refused(String code, String message) -> new CardRefused(code, message);
            };
        } catch (StripeRefusedException refused) {
            throw HeadroomException.invalid("input.paymentMethod", refused.getMessage());
        } catch (StripeUnavailableException unavailable) {
            throw HeadroomException.of(ErrorCode.STRIPE_UNAVAILABLE, null, "Stripe did not answer; repeat with the same idempotency key");
        }
    }

    private PaymentMethod save(Actor actor, Account account, StripeCard card) {
        return methods.save(actor, account.id(), card.id(), card.brand(), card.last4(), card.expiresMonth(), card.expiresYear());
    }
}
