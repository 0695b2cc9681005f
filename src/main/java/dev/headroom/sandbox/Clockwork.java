package dev.headroom.sandbox;

import dev.headroom.sandbox.DocumentRepository.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
    private volatile Dunning dunning = Dunning.PAST_DUE;

    Clockwork(TransactionRepository transactions, InstantSource clock, Taxation taxation) {
        this.transactions = transactions;
        this.clock = clock;
        this.taxation = taxation;
    }

    void keepDrafts(boolean kept) {
        drafts = kept;
    }

    void dunning(Dunning chosen) {
        dunning = chosen;
    }

    /** Does all that is due by now, by whatever clock, unless somebody holds renewals off. */
    void catchUp() {
        Instant now = now();
        act(true, documents -> documents.earliestDue(now, null));
        transactions.run(transaction -> transaction.documents().all(Kind.TEST_CLOCK, null, List.of(Kind.term("status", "advancing"))))
                .forEach(clock -> advance(Json.required(clock, "id"), Json.instant(clock.path("status_details").path("advancing"), "target_frozen_time")));
    }

    /** Does all that is due by now for one customer, whoever holds renewals off. */
    void catchUp(String customer) {
        Instant until = transactions.run(transaction -> transaction.documents().frozenTime(customer)).orElseGet(this::now);
        act(false, documents -> documents.earliestDue(until, customer));
    }

    private void advance(String clock, Instant target) {
        act(true, documents -> documents.earliestDueBy(clock, target));
        transactions.run(transaction -> {
            Session session = new Session(transaction, now(), taxation, null, null);
            session.lock(clock);
            boolean done = transaction.tryLock(RENEWALS) && transaction.documents().earliestDueBy(clock, target).isEmpty();
            session.find(Kind.TEST_CLOCK, clock).filter(document -> done && "advancing".equals(Json.text(document, "status"))).ifPresent(document -> {
                Json.put(document, "frozen_time", target);
                document.put("status", "ready").putObject("status_details");
                session.save(document);
                session.announce("test_helpers.test_clock.ready", document);
            });
            return done;
        });
    }

    /** Forgets events and idempotency keys that Stripe no longer answers for. */
    void forget() {
        Instant now = now();
        transactions.run(transaction -> {
            transaction.idempotency().forget(now);
            return transaction.occurrences().forget(now);
        });
    }

    private void act(boolean unlessHeldOff, Function<DocumentRepository, Optional<Due>> next) {
        boolean more = true;
        while (more) {
            more = transactions.run(transaction -> {
                if (unlessHeldOff && !transaction.tryLock(RENEWALS)) {
                    return false;
                }
                Optional<Due> due = next.apply(transaction.documents());
                due.ifPresent(each -> act(transaction, each));
                return due.isPresent();
            });
        }
    }

    private void act(TransactionRepository.Transaction transaction, Due due) {
        Session session = new Session(transaction, due.clock() == null ? due.at() : now(), taxation, null, null);
        if (due.clock() != null) {
            session.follow(due.clock(), due.at());
        }
        session.lock(due.customer());
        try {
            transaction.undoable(() -> {
                session.find(due.kind(), due.id()).ifPresent(document -> {
                    Instant deadline = Deadlines.of(due.kind(), document);
                    if (deadline == null || deadline.isAfter(due.at())) {
                        // Somebody was faster; what is stored says when it is due next.
                        session.save(document);
                    } else {
                        // What was set aside happens late, as of when it was due.
                        act(session.at(deadline), due.kind(), document);
                    }
                });
                transaction.write();
                return due;
            });
        } catch (RuntimeException failure) {
            // One object that cannot go on must not stop all others.
            LOG.log(System.Logger.Level.ERROR, "The Stripe sandbox could not do what is due for " + due, failure);
            session.documents().postpone(due, due.at().plus(SET_ASIDE));
        }
    }

    private void act(Session session, Kind kind, ObjectNode document) {
        Renewals renewals = new Renewals(session, drafts, dunning);
        switch (kind) {
            case SUBSCRIPTION -> renewals.subscription(document);
            case INVOICE -> renewals.invoice(document);
            case CUSTOMER, CUSTOMER_BALANCE_TRANSACTION, PAYMENT_METHOD, PRODUCT, PRICE, COUPON, DISCOUNT, INVOICE_PAYMENT,
                    PAYMENT_INTENT, CHARGE, REFUND, DISPUTE, TAX_ID, SETUP_INTENT, SUBSCRIPTION_SCHEDULE, TEST_CLOCK, WEBHOOK_ENDPOINT -> throw new IllegalStateException("Time does not act upon a " + kind);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
