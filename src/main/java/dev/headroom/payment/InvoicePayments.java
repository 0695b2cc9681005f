package dev.headroom.payment;

import dev.headroom.account.Account;
import dev.headroom.account.PaymentMethod;
import dev.headroom.account.PaymentMethods;
import dev.headroom.actor.Actor;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.invoice.Invoice;
import dev.headroom.invoice.Invoice.Status;
import dev.headroom.invoice.Invoices;
import dev.headroom.payment.PayInvoiceResult.InvoiceActionRequired;
import dev.headroom.payment.PayInvoiceResult.InvoiceNotPayable;
import dev.headroom.payment.PayInvoiceResult.InvoicePaid;
import dev.headroom.payment.PayInvoiceResult.NoPaymentMethod;
import dev.headroom.payment.PayInvoiceResult.PaymentDeclined;
import dev.headroom.stripe.StripeInvoiceGateway.PayAnswer;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Paying what is owed. An invoice is paid once at Stripe, whoever asks how often under which key; so nothing is stored before it is asked, and
 * what it then says of the invoice is the outcome.
 */
@Service
public class InvoicePayments {

    private static final Logger LOG = LoggerFactory.getLogger(InvoicePayments.class);
    private static final String OPERATION = "payInvoice";

    private final Cards cards;
    private final PaymentMethods methods;
    private final Invoices invoices;
    private final Settlements settlements;
    private final IdempotencyKeys keys;
    private final TransactionTemplate transaction;

    InvoicePayments(
            Cards cards, PaymentMethods methods, Invoices invoices, Settlements settlements, IdempotencyKeys keys, TransactionTemplate transaction) {
        this.cards = cards;
        this.methods = methods;
        this.invoices = invoices;
        this.settlements = settlements;
        this.keys = keys;
        this.transaction = transaction;
    }

    /**
     * Pays an invoice with a saved card; once it is paid, its subscription can be changed with the next request. A payment that was declined
     * gives its key back.
     *
     * @throws HeadroomException NOT_FOUND, also for another account's invoice or card
     */
    public PayInvoiceResult pay(Actor actor, PayInvoice command) {
        Account account = cards.changing(actor, command.account());
        UUID wanted = Ids.parse(command.invoice()).orElseThrow(() -> HeadroomException.notFound("input.invoice", "No such invoice"));
        Invoice invoice = invoices.byId(actor, account.id(), wanted);
        List<PaymentMethod> saved = methods.ofAccount(actor, account.id());
        Optional<PaymentMethod> card = Optional.ofNullable(command.paymentMethod()).map(id -> Cards.of(saved, Ids.parse(id).orElse(null))
                .orElseThrow(() -> HeadroomException.notFound("input.paymentMethod", "No such card")));
        if (invoice.status() == Status.PAID) {
            return new InvoicePaid(invoice, account);
        }
        if (saved.isEmpty()) {
            return new NoPaymentMethod(invoice);
        }
        UUID fresh = Ids.next();
        Claim claim = Objects.requireNonNull(transaction.execute(_ -> keys.claim(actor, OPERATION, command.idempotencyKey(), command, fresh)));
        UUID id = claim instanceof Claim.Repeat(UUID made) ? made : fresh;
        return pay(actor, command, account, invoice, card.map(PaymentMethod::stripeId).orElse(null), id);
    }

    private PayInvoiceResult pay(Actor actor, PayInvoice command, Account account, Invoice invoice, @Nullable String card, UUID id) {
        try {
            return switch (settlements.pay(actor, invoice, card, "pay:" + id)) {
                case PayAnswer.Paid(var _) -> new InvoicePaid(settlements.settled(invoice), account);
                case PayAnswer.Declined(String code, String message) -> {
                    release(actor, command);
                    settlements.settled(invoice);
                    yield new PaymentDeclined(code, message);
                }
                case PayAnswer.ActionRequired(String secret) -> {
                    release(actor, command);
                    yield new InvoiceActionRequired(invoice, secret);
                }
                case PayAnswer.NotPayable(var _) -> {
                    release(actor, command);
                    yield new InvoiceNotPayable(settlements.settled(invoice));
                }
            };
        } catch (StripeRefusedException refused) {
            release(actor, command);
            throw HeadroomException.invalid("input.invoice", refused.getMessage());
        } catch (StripeUnavailableException unknown) {
            LOG.warn("Whether invoice {} is paid is not known yet: {}", invoice.stripeId(), unknown.getMessage());
            throw HeadroomException.of(ErrorCode.STRIPE_UNAVAILABLE, null, "Stripe did not answer; repeat with the same idempotency key to learn the outcome");
        }
    }

    private void release(Actor actor, PayInvoice command) {
        transaction.executeWithoutResult(_ -> keys.release(actor, OPERATION, command.idempotencyKey()));
    }
}
