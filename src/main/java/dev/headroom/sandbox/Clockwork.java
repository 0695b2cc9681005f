package dev.headroom.sandbox;

import dev.headroom.sandbox.DocumentRepository.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Lets time act: one due thing after the other, in the order of their times, each in its own transaction at its own second. */
final class Clockwork {

    /** PostgreSQL's advisory lock under which somebody holds renewals off. */
    static final long RENEWALS = 0x5374_7269_7065L;

    private static final System.Logger LOG = System.getLogger(Clockwork.class.getName());
    private static final Duration SET_ASIDE = Duration.ofHours(1);

    private final TransactionRepository transactions;
    private final InstantSource clock;
    private final Taxation taxation;
    private volatile boolean drafts;

    Clockwork(TransactionRepository transactions, InstantSource clock, Taxation taxation) {
        this.transactions = transactions;
        this.clock = clock;
        this.taxation = taxation;
    }

    void keepDrafts(boolean kept) {
        drafts = kept;
    }

    /** Does all that is due by now, unless somebody holds renewals off. */
    void catchUp() {
        act(null);
    }

    /** Does all that is due by now for one customer, whoever holds renewals off. */
    void catchUp(String customer) {
        act(customer);
    }

    /** Forgets events and idempotency keys that Stripe no longer answers for. */
    void forget() {
        Instant now = now();
        transactions.run(transaction -> {
            transaction.idempotency().forget(now);
            return transaction.occurrences().forget(now);
        });
    }

    private void act(@Nullable String customer) {
        Instant now = now();
        boolean more = true;
        while (more) {
            more = transactions.run(transaction -> {
                if (customer == null && !transaction.tryLock(RENEWALS)) {
                    return false;
                }
                Optional<Due> due = transaction.documents().earliestDue(now, customer);
                due.ifPresent(each -> act(transaction, each));
                return due.isPresent();
            });
        }
    }

    private void act(TransactionRepository.Transaction transaction, Due due) {
        Session session = new Session(transaction, due.at(), taxation, null, null);
        session.lock(due.customer());
        try {
            transaction.savepoint(() -> {
                session.find(due.kind(), due.id()).filter(document -> due.at().equals(Deadlines.of(due.kind(), document)))
                        .ifPresent(document -> act(session, due.kind(), document));
                return due;
            });
        } catch (RuntimeException failure) {
            // One object that cannot go on must not stop all others.
            LOG.log(System.Logger.Level.ERROR, "The Stripe sandbox could not do what is due for " + due, failure);
            session.documents().postpone(due, due.at().plus(SET_ASIDE));
        }
    }

    private void act(Session session, Kind kind, ObjectNode document) {
        Renewals renewals = new Renewals(session, drafts);
        switch (kind) {
            case SUBSCRIPTION -> renewals.subscription(document);
            case INVOICE -> renewals.invoice(document);
            case CUSTOMER, CUSTOMER_BALANCE_TRANSACTION, PAYMENT_METHOD, PRODUCT, PRICE, COUPON, DISCOUNT, INVOICE_PAYMENT,
                    PAYMENT_INTENT, SETUP_INTENT, SUBSCRIPTION_SCHEDULE, WEBHOOK_ENDPOINT -> throw new IllegalStateException("Time does not act upon a " + kind);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
