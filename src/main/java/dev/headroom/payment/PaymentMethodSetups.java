package dev.headroom.payment;

import dev.headroom.account.Account;
import dev.headroom.account.PaymentMethod;
import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.payment.PaymentMethodSetupResult.CardRefused;
import dev.headroom.payment.PaymentMethodSetupResult.PaymentMethodAdded;
import dev.headroom.payment.PaymentMethodSetupResult.PaymentMethodSetupWaits;
import dev.headroom.stripe.StripeCardGateway;
import dev.headroom.stripe.StripeCardGateway.Setup;
import dev.headroom.stripe.StripeCardGateway.SetupProgress;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Saving a card that the browser collects and its bank may want to hear about: begun here, done by Stripe's library, finished here. */
@Service
public class PaymentMethodSetups {

    private static final String OPERATION = "startPaymentMethodSetup";

    private final Customers customers;
    private final Cards cards;
    private final StripeCardGateway stripe;
    private final IdempotencyKeys keys;
    private final TransactionTemplate transaction;

    PaymentMethodSetups(Customers customers, Cards cards, StripeCardGateway stripe, IdempotencyKeys keys, TransactionTemplate transaction) {
        this.customers = customers;
        this.cards = cards;
        this.stripe = stripe;
        this.keys = keys;
        this.transaction = transaction;
    }

    /** @param account the vendor's key; an account token may leave it out */
    public record StartPaymentMethodSetup(String idempotencyKey, @Nullable String account) {}

    /** @param setup the id that starting it gave */
    public record CompletePaymentMethodSetup(@Nullable String account, String setup) {}

    /** The same key again answers the same set-up. */
    public Setup start(Actor actor, StartPaymentMethodSetup command) {
        Account account = cards.changing(actor, command.account());
        UUID fresh = Ids.next();
        Claim claim = Objects.requireNonNull(transaction.execute(_ -> keys.claim(actor, OPERATION, command.idempotencyKey(), command, fresh)));
        UUID id = claim instanceof Claim.Repeat(UUID made) ? made : fresh;
        return Cards.asked(() -> stripe.startSetup(Objects.requireNonNull(customers.ensure(account).stripeCustomer()), "setup:" + id));
    }

    /**
     * Looks at Stripe what became of a set-up, and charges its card from now on. Whoever never asks finds the card saved all the same, once
     * Stripe has told of it, and not preferred.
     *
     * @throws HeadroomException NOT_FOUND, also for another account's
     */
    public PaymentMethodSetupResult complete(Actor actor, CompletePaymentMethodSetup command) {
        Account account = cards.changing(actor, command.account());
        String setup = Check.text("input.setup", command.setup());
        String customer = account.stripeCustomer();
        if (customer == null) {
            throw unknown();
        }
        SetupProgress progress = Cards.asked(() -> stripe.setup(customer, setup)).orElseThrow(PaymentMethodSetups::unknown);
        return switch (progress) {
            case SetupProgress.Done(String method) -> {
                Cards.asked(() -> {
                    stripe.prefer(customer, method);
                    return method;
                });
                List<PaymentMethod> saved = cards.read(actor, account, "completePaymentMethodSetup");
                yield new PaymentMethodAdded(saved.stream().filter(each -> each.stripeId().equals(method)).findFirst().orElseThrow(PaymentMethodSetups::unknown));
            }
            case SetupProgress.Waiting() -> new PaymentMethodSetupWaits(true);
            case SetupProgress.Failed(String code, String message) -> new CardRefused(code, message);
        };
    }

    private static HeadroomException unknown() {
        return HeadroomException.notFound("input.setup", "No such set-up");
    }
}
