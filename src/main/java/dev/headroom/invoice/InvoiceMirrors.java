package dev.headroom.invoice;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.id.Ids;
import dev.headroom.invoice.Invoice.Reason;
import dev.headroom.stripe.StripeInvoiceGateway;
import dev.headroom.stripe.StripeInvoiceGateway.Document;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads invoices back from Stripe; whoever read before somebody else wrote reads again, so that nothing old stays. */
@Service
class InvoiceMirrors {

    private static final Actor.System SELF = new Actor.System("invoice");
    private static final int MOST_READINGS = 5;

    private final InvoiceRepository invoices;
    private final StripeInvoiceGateway stripe;
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final UsageBillings usage;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    InvoiceMirrors(
            InvoiceRepository invoices, StripeInvoiceGateway stripe, Accounts accounts, Subscriptions subscriptions, UsageBillings usage,
            TransactionTemplate transaction, InstantSource clock) {
        this.invoices = invoices;
        this.stripe = stripe;
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.usage = usage;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Empty where the invoice is no account's. */
    Optional<Invoice> refresh(Actor.System actor, String stripeId) {
        return record(stripeId, () -> stripe.read(stripeId));
    }

    /** Reads what there was before events were followed, once. */
    void readAll(Account account) {
        if (account.stripeCustomer() != null) {
            stripe.ofCustomer(account.stripeCustomer()).stream()
                    .filter(each -> invoices.byStripeId(each.id()).isEmpty())
                    .forEach(each -> store(account.id(), each));
            transaction.executeWithoutResult(_ -> invoices.read(account.id(), clock.instant()));
        }
    }

    /** Somebody who wrote it meanwhile has read it later. */
    private void store(AccountId account, Document read) {
        record(account, read, Optional.empty());
    }

    private Optional<Invoice> record(String stripeId, Supplier<Document> reading) {
        for (int attempt = 0; attempt < MOST_READINGS; attempt++) {
            Optional<Invoice> before = invoices.byStripeId(stripeId);
            Document read = reading.get();
            Optional<AccountId> owner = before.map(Invoice::account)
                    .or(() -> accounts.byCustomer(SELF, read.customer()).map(Account::id));
            if (owner.isEmpty()) {
                return Optional.empty();
            }
            Optional<Invoice> stored = record(owner.get(), read, before);
            if (stored.isPresent()) {
                return stored;
            }
        }
        throw new IllegalStateException("Invoice " + stripeId + " was written by somebody else at each of " + MOST_READINGS + " readings");
    }

    /** Empty when somebody else wrote since {@code before}. */
    private Optional<Invoice> record(AccountId account, Document read, Optional<Invoice> before) {
        SubscriptionId subscription = Optional.ofNullable(read.subscription())
                .flatMap(id -> subscriptions.idOf(SELF, account, id))
                .orElse(null);
        Invoice same = InvoiceReader.read(
                read, account, before.map(Invoice::id).orElseGet(Ids::next), subscription, before.map(Invoice::revision).orElse(0L));
        if (before.isPresent() && before.get().equals(same)) {
            return before;
        }
        Invoice next = InvoiceReader.read(read, account, same.id(), subscription, same.revision() + 1);
        boolean written = Boolean.TRUE.equals(transaction.execute(_ -> write(next, before.map(Invoice::dispute).isPresent())));
        return written ? Optional.of(next) : Optional.empty();
    }

    private boolean write(Invoice invoice, boolean disputed) {
        SubscriptionId used = UsageBillings.tells(invoice) ? invoice.subscriptionId() : null;
        if (used != null) {
            usage.hold(invoice.account(), used);
        }
        boolean stored = invoices.write(invoice);
        if (stored && (disputed || invoice.dispute() != null)) {
            dispute(invoice);
        }
        if (stored && invoice.reason() == Reason.RENEWAL) {
            settle(invoice);
        }
        if (stored && used != null) {
            usage.on(invoice.account(), used);
        }
        return stored;
    }

    /** What was given up brings nothing until it is paid after all, or a later renewal is. */
    private void settle(Invoice invoice) {
        SubscriptionId subscription = invoice.subscriptionId();
        if (subscription != null) {
            switch (invoice.status()) {
                case PAID, UNCOLLECTIBLE, VOID -> subscriptions.uncollectible(
                        SELF, invoice.account(), subscription, invoices.givenUp(invoice.account(), subscription), "invoice:" + invoice.id());
                case DRAFT, OPEN -> { }
            }
        }
    }

    private void dispute(Invoice invoice) {
        SubscriptionId subscription = invoice.subscriptionId();
        if (subscription != null) {
            boolean open = invoices.newestDisputed(invoice.account(), subscription).isPresent();
            subscriptions.dispute(SELF, invoice.account(), subscription, open, "invoice:" + invoice.id());
        }
    }
}
