package dev.headroom.account;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The cards saved for an account, as far as they may be shown. */
@Service
public class PaymentMethods {

    private final PaymentMethodRepository methods;
    private final AuditEntries audit;
    private final InstantSource clock;

    PaymentMethods(PaymentMethodRepository methods, AuditEntries audit, InstantSource clock) {
        this.methods = methods;
        this.audit = audit;
        this.clock = clock;
    }

    /** The preferred one first. */
    public List<PaymentMethod> ofAccount(Actor actor, AccountId account) {
        actor.require(Permission.READ, account.value());
        return methods.ofAccount(account);
    }

    public Optional<PaymentMethod> byId(Actor actor, AccountId account, UUID id) {
        return ofAccount(actor, account).stream().filter(method -> method.id().equals(id)).findFirst();
    }

    /** How often the cards were written; 0 for never. */
    public long revision(AccountId account) {
        return methods.revision(account);
    }

    /** Cards that were removed here, and of which Stripe may not know yet. */
    public List<PaymentMethod> leaving(Actor actor, AccountId account) {
        actor.require(Permission.READ, account.value());
        return methods.leaving(account);
    }

    /**
     * Takes a card from the account, unless it is the last and one is needed; two at once never take both of two.
     *
     * @return the card that is charged from now on; empty, and nothing is taken, where it is needed
     */
    @Transactional
    public Optional<Removal> leave(Actor actor, PaymentMethod card, boolean needed) {
        actor.require(Permission.CHANGE, card.account().value());
        methods.write(card.account());
        List<PaymentMethod> there = methods.ofAccount(card.account());
        List<PaymentMethod> others = there.stream().filter(each -> !each.id().equals(card.id())).toList();
        if (others.isEmpty() && needed) {
            return Optional.empty();
        }
        if (others.size() < there.size()) {
            methods.leave(card);
            audit.changed(actor, "removePaymentMethod", card.account().value(), "paymentMethod", card.id(), card, null);
        }
        return Optional.of(new Removal(card.preferred() && !others.isEmpty() ? others.getFirst() : null));
    }

    /** @param successor is charged instead; absent where that stays as it is */
    public record Removal(@Nullable PaymentMethod successor) {}

    /** Notes a card that was saved at Stripe as the preferred one; one that is known already is only preferred. */
    @Transactional
    public PaymentMethod save(
            Actor actor, AccountId account, UUID id, String stripeId, String brand, String last4, int expiresMonth, int expiresYear) {
        actor.require(Permission.CHANGE, account.value());
        methods.write(account);
        methods.preferNone(account);
        methods.upsert(new PaymentMethod(account, id, stripeId, brand, last4, expiresMonth, expiresYear, true, clock.instant()));
        PaymentMethod saved = methods.ofAccount(account).getFirst();
        audit.created(actor, "addPaymentMethod", account.value(), "paymentMethod", saved.id(), saved);
        return saved;
    }

    /**
     * Notes which cards there are, as they were read at Stripe.
     *
     * @param cards     all of them; the ids of those that are known are kept
     * @param readAfter our revision from before the reading
     * @return false, and nothing is noted, when somebody wrote since: read Stripe again
     */
    @Transactional
    public boolean observe(Actor actor, AccountId account, List<PaymentMethod> cards, long readAfter, String operation) {
        actor.require(Permission.CHANGE, account.value());
        if (methods.write(account) != readAfter + 1) {
            return false;
        }
        List<PaymentMethod> before = methods.ofAccount(account);
        methods.keepOnly(account, cards.stream().map(PaymentMethod::stripeId).toList());
        methods.preferNone(account);
        cards.forEach(methods::upsert);
        List<PaymentMethod> after = methods.ofAccount(account);
        if (!after.equals(before)) {
            audit.changed(actor, operation, account.value(), "paymentMethods", account, before, after);
        }
        return true;
    }
}
