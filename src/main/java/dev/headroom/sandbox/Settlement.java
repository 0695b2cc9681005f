package dev.headroom.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Takes an invoice from draft to open and on to paid or void, with the payments and balances that go with it. */
final class Settlement {

    /** Days until the next attempt, after the first, second and third failure; then nobody tries again. */
    private static final List<Duration> RETRIES = List.of(Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7));

    private static final Duration AS_A_DRAFT = Duration.ofHours(1);

    private final Session session;

    Settlement(Session session) {
        this.session = session;
    }

    /** Stores and finalises a drafted invoice; one with nothing to pay is paid at once. */
    void issue(ObjectNode invoice) {
        new WaitingItems(session).bill(invoice);
        ObjectNode draft = invoice.deepCopy();
        draft.putNull("ending_balance");
        session.announce("invoice.created", draft);
        session.insert(invoice);
        open(invoice);
    }

    /** Stores a drafted invoice that stays a draft for an hour. */
    void keep(ObjectNode invoice) {
        new WaitingItems(session).bill(invoice);
        invoice.put("auto_advance", true).putNull("ending_balance");
        Json.put(invoice, "automatically_finalizes_at", session.now().plus(AS_A_DRAFT));
        session.create(invoice);
    }

    /** Stores a drafted invoice that stays one until somebody says otherwise. */
    void shelve(ObjectNode invoice) {
        new WaitingItems(session).bill(invoice);
        invoice.put("auto_advance", false).putNull("ending_balance");
        session.create(invoice);
    }

    /** Finalises a draft that was kept; the balance is the customer's of now. */
    void release(ObjectNode invoice) {
        invoice.putNull("automatically_finalizes_at");
        Billing.balance(invoice, Json.number(session.load(Kind.CUSTOMER, Json.required(invoice, "customer")), "balance"));
        open(invoice);
    }

    private void open(ObjectNode invoice) {
        ObjectNode customer = session.load(Kind.CUSTOMER, Json.required(invoice, "customer"));
        number(invoice, customer);
        session.save(customer);
        applyBalance(invoice, customer);
        invoice.put("status", "open").put("auto_advance", true);
        InvoicePages.link(invoice);
        TaxIds.show(session, customer, invoice);
        Json.put(invoice, "effective_at", session.now());
        Json.put((ObjectNode) invoice.path("status_transitions"), "finalized_at", session.now());
        session.save(invoice);
        if (Json.number(invoice, "amount_due") > 0) {
            InvoicePayments.open(session, invoice);
        }
        session.announce("invoice.finalized", invoice);
        if (Json.number(invoice, "amount_due") == 0) {
            paid(invoice);
        } else if (Terms.sends(invoice)) {
            session.announce("invoice.sent", invoice);
        }
    }

    /** Charges what is due as far as Stripe does so by itself: an invoice that is sent waits for whoever pays it. */
    Optional<Decline> collect(ObjectNode invoice, @Nullable String paymentMethod) {
        return Terms.sends(invoice) ? Optional.empty() : charge(invoice, paymentMethod);
    }

    /**
     * Charges what is due on an open invoice, or on one that was given up.
     *
     * @param paymentMethod null when the customer has none
     * @return why it was not paid; empty when it was
     */
    Optional<Decline> charge(ObjectNode invoice, @Nullable String paymentMethod) {
        if (!isPayable(invoice)) {
            return Optional.empty();
        }
        return conclude(invoice, paymentMethod, decline(paymentMethod));
    }

    /** The customer authenticates the payment, as Stripe.js would let them; whatever the card would have asked is answered. */
    Optional<Decline> authenticated(ObjectNode invoice, String paymentMethod) {
        Decline decline = decline(paymentMethod);
        return conclude(invoice, paymentMethod, decline == Decline.AUTHENTICATION_REQUIRED ? null : decline);
    }

    /** Sets the time of the next attempt after a failed one, or none when there were enough. */
    void retryLater(ObjectNode invoice) {
        int failures = (int) Json.number(invoice, "attempt_count");
        Json.put(invoice, "next_payment_attempt", failures <= RETRIES.size() ? session.now().plus(RETRIES.get(failures - 1)) : null);
        session.save(invoice);
    }

    static boolean isPayable(ObjectNode invoice) {
        String status = Json.required(invoice, "status");
        return status.equals("open") || status.equals("uncollectible");
    }

    /** Gives an open invoice up; who pays it later pays it all the same. */
    void markUncollectible(ObjectNode invoice) {
        if (!"open".equals(Json.text(invoice, "status"))) {
            throw StripeError.invalid("invoice_not_editable", null, "You can only mark open invoices as uncollectible. This invoice isn't open.");
        }
        invoice.put("status", "uncollectible").put("auto_advance", false).putNull("next_payment_attempt");
        Json.put((ObjectNode) invoice.path("status_transitions"), "marked_uncollectible_at", session.now());
        session.save(invoice);
        session.announce("invoice.marked_uncollectible", invoice);
    }

    /** Cancels what an open invoice asks for and gives the balance back that it had used. */
    void cancel(ObjectNode invoice) {
        if (!isPayable(invoice)) {
            throw StripeError.invalid("invoice_not_editable", null, "You can only pass in open invoices. This invoice isn't open.");
        }
        invoice.put("status", "void").put("auto_advance", false).putNull("next_payment_attempt");
        Json.put((ObjectNode) invoice.path("status_transitions"), "voided_at", session.now());
        InvoicePayments.of(session, Json.required(invoice, "id")).forEach(payment -> {
            payment.put("status", "canceled");
            Json.put((ObjectNode) payment.path("status_transitions"), "canceled_at", session.now());
            session.save(payment);
            ObjectNode intent = intent(payment);
            intent.put("status", "canceled").put("cancellation_reason", "void_invoice");
            Json.put(intent, "canceled_at", session.now());
            session.save(intent);
        });
        ObjectNode customer = session.load(Kind.CUSTOMER, Json.required(invoice, "customer"));
        long back = Json.number(invoice, "starting_balance") - Json.number(invoice, "ending_balance");
        new CustomerBalance(session).move(customer, back, "unapplied_from_invoice", Json.text(invoice, "id"));
        session.update(customer);
        session.save(invoice);
        session.announce("invoice.voided", invoice);
    }

    private Optional<Decline> conclude(ObjectNode invoice, @Nullable String paymentMethod, @Nullable Decline decline) {
        ObjectNode payment = InvoicePayments.of(session, Json.required(invoice, "id")).getFirst();
        ObjectNode intent = intent(payment);
        intent.put("payment_method", paymentMethod);
        invoice.put("attempted", true).put("attempt_count", Json.number(invoice, "attempt_count") + 1);
        if (decline == null) {
            succeed(payment, intent);
            paid(invoice);
            return Optional.empty();
        }
        refuse(intent, decline, paymentMethod);
        session.save(invoice);
        session.announce(decline == Decline.AUTHENTICATION_REQUIRED ? "invoice.payment_action_required" : "invoice.payment_failed", invoice);
        return Optional.of(decline);
    }

    private void succeed(ObjectNode payment, ObjectNode intent) {
        long amount = Json.number(payment, "amount_requested");
        intent.put("status", "succeeded").put("amount_received", amount).putNull("next_action").putNull("last_payment_error");
        CardCharges.made(session, intent);
        session.save(intent);
        payment.put("status", "paid").put("amount_paid", amount);
        Json.put((ObjectNode) payment.path("status_transitions"), "paid_at", session.now());
        session.save(payment);
    }

    private void refuse(ObjectNode intent, Decline decline, @Nullable String paymentMethod) {
        if (decline == Decline.AUTHENTICATION_REQUIRED) {
            intent.put("status", "requires_action").putObject("next_action").put("type", "use_stripe_sdk").putObject("use_stripe_sdk");
        } else {
            ObjectNode error = intent.put("status", "requires_payment_method").putObject("last_payment_error");
            error.put("type", paymentMethod == null ? "invalid_request_error" : "card_error");
            error.put("code", decline.code()).put("message", decline.message());
            if (decline.declineCode() != null) {
                error.put("decline_code", decline.declineCode());
            }
        }
        session.save(intent);
    }

    private void paid(ObjectNode invoice) {
        invoice.put("status", "paid").put("auto_advance", false).put("attempted", true).putNull("next_payment_attempt");
        invoice.put("amount_paid", Json.number(invoice, "amount_due")).put("amount_remaining", 0);
        Json.put((ObjectNode) invoice.path("status_transitions"), "paid_at", session.now());
        session.save(invoice);
        session.announce("invoice.paid", invoice);
    }

    private @Nullable Decline decline(@Nullable String paymentMethod) {
        if (paymentMethod == null) {
            return Decline.NO_PAYMENT_METHOD;
        }
        ObjectNode method = session.load(Kind.PAYMENT_METHOD, paymentMethod, "payment_method");
        if (method.path("customer").isNull()) {
            return Decline.NO_PAYMENT_METHOD;
        }
        return PaymentMethods.card(method).decline();
    }

    private ObjectNode intent(ObjectNode payment) {
        return session.load(Kind.PAYMENT_INTENT, Json.required(payment.path("payment"), "payment_intent"));
    }

    private void applyBalance(ObjectNode invoice, ObjectNode customer) {
        long moved = Json.number(invoice, "ending_balance") - Json.number(invoice, "starting_balance");
        if (moved != 0) {
            new CustomerBalance(session).move(customer, moved, "applied_to_invoice", Json.text(invoice, "id"));
            session.update(customer);
        }
    }

    private static void number(ObjectNode invoice, ObjectNode customer) {
        long sequence = Json.number(customer, "next_invoice_sequence");
        invoice.put("number", Objects.requireNonNull(Json.text(customer, "invoice_prefix")) + "-" + "%04d".formatted(sequence));
        customer.put("next_invoice_sequence", sequence + 1);
    }
}
