package dev.headroom.invoice;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.invoice.Invoice.Status;
import dev.headroom.stripe.StripeInvoiceGateway.Document;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.subscription.SubscriptionId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The invoices of an account: seen by whoever may see the account, and nobody else. */
@Service
public class Invoices {

    /** An account owes a few at most; whoever owes more pays the oldest first. */
    private static final int MOST_OWED = 20;

    private final InvoiceRepository invoices;
    private final UsageRepository usage;
    private final InvoiceMirrors mirrors;
    private final Accounts accounts;

    Invoices(InvoiceRepository invoices, UsageRepository usage, InvoiceMirrors mirrors, Accounts accounts) {
        this.invoices = invoices;
        this.usage = usage;
        this.mirrors = mirrors;
        this.accounts = accounts;
    }

    /**
     * A page of an account's invoices, newest first.
     *
     * @param status absent for all
     * @param after  the last invoice of the page before
     * @throws HeadroomException STRIPE_UNAVAILABLE when they were never read and Stripe is silent
     */
    public List<Invoice> page(Actor actor, AccountId account, @Nullable Status status, @Nullable UUID after, int size) {
        known(actor, account);
        return invoices.page(account, new InvoiceRepository.Filter(status), after, size);
    }

    /** @throws HeadroomException NOT_FOUND, also for another account's */
    public Invoice byId(Actor actor, AccountId account, UUID id) {
        known(actor, account);
        return invoices.byId(account, id).orElseThrow(() -> HeadroomException.notFound("invoice", "No such invoice"));
    }

    /** Those of the account's that stand for objects at Stripe; others are left out. */
    public List<Invoice> byStripeIds(Actor actor, AccountId account, Collection<String> stripeIds) {
        known(actor, account);
        return stripeIds.isEmpty() ? List.of() : invoices.byStripeIds(account, stripeIds);
    }

    /**
     * Those with the ids, by these; of several accounts, so that nobody asks who may see one only. One statement.
     *
     * @param accounts whose each is
     */
    public Map<UUID, Invoice> byIds(Actor actor, Map<UUID, AccountId> accounts) {
        actor.requireEveryAccount(Permission.READ);
        return accounts.isEmpty() ? Map.of() : invoices.byIds(accounts).stream().collect(Collectors.toMap(Invoice::id, Function.identity()));
    }

    /** All that was recorded of what use past limits brings of an account, in the order in which it was; only Headroom itself may ask. */
    public List<UsageBilled> usage(Actor.System actor, AccountId account) {
        return usage.history(account);
    }

    /** Those that ask for money, the oldest first. */
    public List<Invoice> owed(Actor actor, AccountId account) {
        known(actor, account);
        return invoices.payable(account, MOST_OWED);
    }

    /** The oldest invoice that a subscription has not been paid for. */
    public Optional<Invoice> owed(Actor actor, AccountId account, SubscriptionId subscription) {
        return owed(actor, account).stream().filter(each -> subscription.equals(each.subscriptionId())).findFirst();
    }

    /** The newest invoice of a subscription whose payment is disputed. */
    public Optional<Invoice> disputed(Actor actor, AccountId account, SubscriptionId subscription) {
        known(actor, account);
        return invoices.newestDisputed(account, subscription);
    }

    /** Reads one again at Stripe, and returns it as it is there; empty where it is no account's. */
    public Optional<Invoice> refresh(Actor.System actor, String stripeId) {
        return mirrors.refresh(actor, stripeId);
    }

    /**
     * Records an invoice as the request has answered that made it, so that it need not be read.
     *
     * @return false where somebody has read it meanwhile, who may know less of it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean record(Actor.System actor, AccountId account, SubscriptionId subscription, Document made) {
        return invoices.add(InvoiceReader.read(made, account, Ids.next(), subscription, InvoiceRepository.FIRST));
    }

    private void known(Actor actor, AccountId id) {
        actor.require(Permission.READ, id.value());
        if (invoices.isRead(id)) {
            return;
        }
        Account account = accounts.byId(actor, id);
        try {
            mirrors.readAll(account);
        } catch (StripeUnavailableException silent) {
            throw HeadroomException.of(ErrorCode.STRIPE_UNAVAILABLE, null, "Stripe did not answer, and the invoices of this account were not read before");
        }
    }
}
