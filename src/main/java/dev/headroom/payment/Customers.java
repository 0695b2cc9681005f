package dev.headroom.payment;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.account.PaymentMethod;
import dev.headroom.account.PaymentMethods;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.payment.AddPaymentMethodResult.CardRefused;
import dev.headroom.payment.AddPaymentMethodResult.PaymentMethodAdded;
import dev.headroom.catalog.Catalog;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.stripe.StripeCardGateway;
import dev.headroom.stripe.StripeCardGateway.Card;
import dev.headroom.stripe.StripeCardGateway.CardAnswer;
import dev.headroom.stripe.StripeGateway;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.subscription.AccountSubscription;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Accounts as customers of Stripe, and their cards. */
@Service
public class Customers {

    private static final Actor.System SELF = new Actor.System("payment");
    private static final String OPERATION = "addPaymentMethod";

    private final Accounts accounts;
    private final PaymentMethods methods;
    private final StripeGateway stripe;
    private final StripeCardGateway cards;
    private final IdempotencyKeys keys;
    private final TransactionTemplate transaction;
    private final Catalog catalog;

    Customers(
            Accounts accounts, PaymentMethods methods, StripeGateway stripe, StripeCardGateway cards, IdempotencyKeys keys, TransactionTemplate transaction,
            Catalog catalog) {
        this.accounts = accounts;
        this.methods = methods;
        this.stripe = stripe;
        this.cards = cards;
        this.keys = keys;
        this.transaction = transaction;
        this.catalog = catalog;
    }

    /** The account that a command is for. */
    public Account account(Actor actor, @Nullable String key) {
        return accounts.meant(actor, key);
    }

    /** The account with its customer at Stripe, which is made when there is none yet; twice at once makes one. */
    public Account ensure(Account account) {
        if (account.stripeCustomer() != null) {
            return account;
        }
        String customer = stripe.createCustomer(account.name(), account.email(), account.key(), "customer:" + account.id());
        return accounts.linkCustomer(SELF, account.id(), customer);
    }

    /** Whether a subscription will ask for money. */
    boolean costs(AccountSubscription subscription) {
        return subscription.recurringTotal(catalog.snapshot()).isPositive();
    }

    public boolean hasCard(Account account) {
        return !methods.ofAccount(SELF, account.id()).isEmpty();
    }

    /**
     * Saves a card.
     *
     * @param account       the vendor's key; an account token may leave it out
     * @param paymentMethod the id of a payment method that Stripe's library made in the browser: {@code pm_…}
     */
    public record AddPaymentMethod(String idempotencyKey, @Nullable String account, String paymentMethod) {}

    /**
     * Saves a card that Stripe's library has collected, and charges it from now on. The same key again answers the same card; a card that
     * was refused gives its key back.
     */
    public AddPaymentMethodResult addCard(Actor actor, AddPaymentMethod command) {
        Account account = account(actor, command.account());
        actor.require(Permission.CHANGE, account.id().value());
        Check.text("input.paymentMethod", command.paymentMethod());
        UUID id = claimed(actor, command);
        return methods.byId(actor, account.id(), id)
                .<AddPaymentMethodResult>map(PaymentMethodAdded::new)
                .orElseGet(() -> addCard(actor, command, account, id));
    }

    /** The id that the card has or will have; Stripe is asked under it, so that whoever died over it is only repeated. */
    private UUID claimed(Actor actor, AddPaymentMethod command) {
        UUID fresh = Ids.next();
        Claim claim = transaction.execute(_ -> keys.claim(actor, OPERATION, command.idempotencyKey(), command, fresh));
        return claim instanceof Claim.Repeat(UUID made) ? made : fresh;
    }

    private AddPaymentMethodResult addCard(Actor actor, AddPaymentMethod command, Account account, UUID id) {
        try {
            String customer = Objects.requireNonNull(ensure(account).stripeCustomer());
            return switch (cards.saveCard(customer, command.paymentMethod(), "card:" + id)) {
                case CardAnswer.Saved(Card card) -> new PaymentMethodAdded(methods.save(
                        actor, account.id(), id, card.id(), card.brand(), card.last4(), card.expiresMonth(), card.expiresYear()));
                case CardAnswer.Refused(String code, String message) -> {
                    release(actor, command);
                    yield new CardRefused(code, message);
                }
            };
        } catch (StripeRefusedException refused) {
            release(actor, command);
            throw HeadroomException.invalid("input.paymentMethod", refused.getMessage());
        } catch (StripeUnavailableException unavailable) {
            throw HeadroomException.of(ErrorCode.STRIPE_UNAVAILABLE, null, "Stripe did not answer; repeat with the same idempotency key");
        }
    }

    private void release(Actor actor, AddPaymentMethod command) {
        transaction.executeWithoutResult(_ -> keys.release(actor, OPERATION, command.idempotencyKey()));
    }
}
