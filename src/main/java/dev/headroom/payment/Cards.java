package dev.headroom.payment;

import dev.headroom.account.Account;
import dev.headroom.account.PaymentMethod;
import dev.headroom.account.PaymentMethods;
import dev.headroom.account.PaymentMethods.Removal;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.payment.PaymentMethodResult.LastPaymentMethod;
import dev.headroom.payment.PaymentMethodResult.PaymentMethodPreferred;
import dev.headroom.payment.PaymentMethodResult.PaymentMethodRemoved;
import dev.headroom.stripe.StripeCardGateway;
import dev.headroom.stripe.StripeCardGateway.Card;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The cards of an account, as Stripe has them. What is done to one says how it shall be, so that twice does no more than once and no
 * idempotency key is needed.
 */
@Service
public class Cards {

    private static final int MOST_READINGS = 5;

    private final Customers customers;
    private final PaymentMethods methods;
    private final Subscriptions subscriptions;
    private final StripeCardGateway stripe;
    private final InstantSource clock;

    Cards(Customers customers, PaymentMethods methods, Subscriptions subscriptions, StripeCardGateway stripe, InstantSource clock) {
        this.customers = customers;
        this.methods = methods;
        this.subscriptions = subscriptions;
        this.stripe = stripe;
        this.clock = clock;
    }

    /** Charges a saved card from now on. */
    public PaymentMethodPreferred prefer(Actor actor, @Nullable String key, String id) {
        Account account = changing(actor, key);
        PaymentMethod card = meant(actor, account, id);
        ask(() -> stripe.prefer(customer(account), card.stripeId()));
        return new PaymentMethodPreferred(of(read(actor, account, "preferPaymentMethod"), card.id()).orElse(card), account);
    }

    /**
     * Forgets a saved card, unless a running subscription has no other to be paid with. Where the one that was charged goes, the newest of the
     * others is charged from now on.
     */
    public PaymentMethodResult remove(Actor actor, @Nullable String key, String id) {
        Account account = changing(actor, key);
        Optional<PaymentMethod> known = of(methods.ofAccount(actor, account.id()), Ids.parse(id).orElse(null));
        if (known.isEmpty()) {
            finish(account, methods.leaving(actor, account.id()));
            return new PaymentMethodRemoved(account);
        }
        Optional<AccountSubscription> needing = needing(actor, account);
        Optional<Removal> removal = methods.leave(actor, known.get(), needing.isPresent());
        if (removal.isEmpty()) {
            return new LastPaymentMethod(needing.orElseThrow());
        }
        Optional.ofNullable(removal.get().successor()).ifPresent(next -> ask(() -> stripe.prefer(customer(account), next.stripeId())));
        read(actor, account, "readPaymentMethods");
        return new PaymentMethodRemoved(account);
    }

    /** A subscription that costs nothing, is to end, or is paid by invoice needs no card. */
    private Optional<AccountSubscription> needing(Actor actor, Account account) {
        return subscriptions.live(actor, account.id()).stream()
                .filter(each -> each.renews() && !each.collection().byInvoice() && customers.costs(each))
                .findFirst();
    }

    /** Whoever was removed here is removed at Stripe, also when whoever began that is gone. */
    private void finish(Account account, List<PaymentMethod> leaving) {
        leaving.forEach(each -> ask(() -> stripe.remove(customer(account), each.stripeId())));
    }

    /** Reads all cards again at Stripe, and returns them as they are there, the one that is charged first. */
    List<PaymentMethod> read(Actor actor, Account account, String operation) {
        for (int reading = 0; reading < MOST_READINGS; reading++) {
            finish(account, methods.leaving(actor, account.id()));
            long revision = methods.revision(account.id());
            List<PaymentMethod> known = methods.ofAccount(actor, account.id());
            StripeCardGateway.Cards there = asked(() -> stripe.cards(customer(account)));
            List<PaymentMethod> cards = there.all().stream().map(card -> read(account, card, card.id().equals(there.preferred()), known)).toList();
            if (methods.observe(actor, account.id(), cards, revision, operation)) {
                return methods.ofAccount(actor, account.id());
            }
        }
        throw new IllegalStateException("The cards of account " + account.id() + " were written by somebody else at each of " + MOST_READINGS + " readings");
    }

    private PaymentMethod read(Account account, Card card, boolean preferred, List<PaymentMethod> known) {
        Optional<PaymentMethod> before = known.stream().filter(each -> each.stripeId().equals(card.id())).findFirst();
        return new PaymentMethod(
                account.id(), before.map(PaymentMethod::id).orElseGet(Ids::next), card.id(), card.brand(), card.last4(), card.expiresMonth(),
                card.expiresYear(), preferred, before.map(PaymentMethod::createdAt).orElseGet(clock::instant));
    }

    Account changing(Actor actor, @Nullable String key) {
        Account account = customers.account(actor, key);
        actor.require(Permission.CHANGE, account.id().value());
        return account;
    }

    private PaymentMethod meant(Actor actor, Account account, String id) {
        return of(methods.ofAccount(actor, account.id()), Ids.parse(id).orElse(null))
                .orElseThrow(() -> HeadroomException.notFound("input.paymentMethod", "No such card"));
    }

    static Optional<PaymentMethod> of(List<PaymentMethod> cards, @Nullable UUID id) {
        return cards.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    private static String customer(Account account) {
        return Objects.requireNonNull(account.stripeCustomer());
    }

    private static void ask(Runnable call) {
        asked(() -> {
            call.run();
            return true;
        });
    }

    /** What Stripe refuses here is a card that is not there any more. */
    static <T> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (StripeRefusedException refused) {
            throw HeadroomException.invalid("input.paymentMethod", refused.getMessage());
        } catch (StripeUnavailableException unavailable) {
            throw HeadroomException.of(ErrorCode.STRIPE_UNAVAILABLE, null, "Stripe did not answer; repeat the same command");
        }
    }
}
