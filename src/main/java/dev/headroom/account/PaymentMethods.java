package dev.headroom.account;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

    /** Notes a card that was saved at Stripe as the preferred one; one that is known already is only preferred. */
    @Transactional
    public PaymentMethod save(
            Actor actor, AccountId account, UUID id, String stripeId, String brand, String last4, int expiresMonth, int expiresYear) {
        actor.require(Permission.CHANGE, account.value());
        PaymentMethod card =
                new PaymentMethod(account, id, stripeId, brand, last4, expiresMonth, expiresYear, true, clock.instant());
        methods.preferNone(account);
        PaymentMethod saved = methods.upsert(card);
        audit.created(actor, "addPaymentMethod", account.value(), "paymentMethod", saved.id(), saved);
        return saved;
    }
}
