package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;
import static dev.headroom.stripe.StripeCalls.patiently;
import static dev.headroom.stripe.StripeCalls.translated;
import static dev.headroom.stripe.StripeGateway.declineCode;
import static dev.headroom.stripe.StripeGateway.key;
import static dev.headroom.stripe.StripePages.MOST_A_PAGE;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoicePayment;
import com.stripe.model.PaymentIntent;
import com.stripe.param.DisputeListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePayParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Invoices as their recipient has them, with what became of their payment, and paying them. */
@Component
public class StripeInvoiceGateway {

    private static final String NEEDS_ACTION = "payment_intent_requires_action";

    private final StripeClient stripe;
    private final OveragePriceGateway prices;

    StripeInvoiceGateway(StripeClient stripe, OveragePriceGateway prices) {
        this.stripe = stripe;
        this.prices = prices;
    }

    /**
     * An invoice as Stripe has it at one moment; amounts are minor units of its currency.
     *
     * @param sent         whether it is sent to be paid by {@code dueAt}; otherwise a card is charged
     * @param tax          what is added to the discounted subtotal
     * @param balance      what the customer's balance took part with; negative is credit that was used
     * @param refunded     of what was paid
     * @param dispute      of its payment, also one that is closed
     */
    public record Document(
            String id, String customer, @Nullable String subscription, @Nullable String number, String status, String reason, boolean sent,
            Currency currency, Instant createdAt, @Nullable Instant finalizedAt, @Nullable Instant dueAt, @Nullable Instant paidAt, long subtotal,
            long discount, long tax, long total, long balance, long amountDue, long amountPaid, long amountRemaining, int attempts,
            @Nullable Instant nextAttemptAt, @Nullable String hostedUrl, @Nullable String pdfUrl, long refunded, @Nullable Disputed dispute,
            List<Line> lines, List<TaxNumber> taxNumbers) {}

    /** @param usageMonths months of the period whose use past our limits it bills, once that is over; absent for anything else */
    public record Line(
            String id, String description, Period period, long quantity, long amount, long discount, long tax, boolean proration, @Nullable Integer usageMonths) {}

    /** @param status Stripe's word: {@code needs_response}, {@code under_review}, {@code won}, {@code lost}, {@code warning_…} */
    public record Disputed(String status, String reason, long amount, @Nullable Instant evidenceDueBy) {}

    /** @param type Stripe's word: {@code eu_vat}, {@code gb_vat} */
    public record TaxNumber(String type, String value) {}

    /** What came of paying an invoice. */
    public sealed interface PayAnswer {

        /** Paid, now or by somebody else just before. */
        record Paid(Document invoice) implements PayAnswer {}

        record Declined(String code, String message) implements PayAnswer {}

        record ActionRequired(String clientSecret) implements PayAnswer {}

        /** It asks for nothing: it is a draft, or void. */
        record NotPayable(Document invoice) implements PayAnswer {}
    }

    public Document read(String id) {
        Invoice found = call(() -> stripe.v1().invoices().retrieve(id, InvoiceRetrieveParams.builder().addExpand("payments").build()));
        return document(found, Map.of());
    }

    /** All invoices of a customer, newest first. */
    public List<Document> ofCustomer(String customer) {
        InvoiceListParams parameters = InvoiceListParams.builder().setCustomer(customer).setLimit(MOST_A_PAGE).addExpand("data.payments").build();
        List<Invoice> invoices = StripePages.from(() -> stripe.v1().invoices().list(parameters)).toList();
        if (invoices.isEmpty()) {
            return List.of();
        }
        PaymentIntentListParams payments = PaymentIntentListParams.builder().setCustomer(customer).setLimit(MOST_A_PAGE).addExpand("data.latest_charge").build();
        Map<String, PaymentIntent> known = StripePages.from(() -> stripe.v1().paymentIntents().list(payments))
                .collect(Collectors.toMap(PaymentIntent::getId, Function.identity()));
        return invoices.stream().map(each -> document(each, known)).toList();
    }

    /** The invoices that a payment is for. */
    public List<String> paidWith(String paymentIntent) {
        InvoicePaymentListParams parameters = InvoicePaymentListParams.builder()
                .setPayment(InvoicePaymentListParams.Payment.builder()
                        .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
                        .setPaymentIntent(paymentIntent)
                        .build())
                .setLimit(MOST_A_PAGE)
                .build();
        return StripePages.from(() -> stripe.v1().invoicePayments().list(parameters)).map(InvoicePayment::getInvoice).distinct().toList();
    }

    /**
     * Charges what an invoice still asks for.
     *
     * @param paymentMethod that is charged; absent for the one that the customer prefers
     */
    public PayAnswer pay(String invoice, @Nullable String paymentMethod, String idempotencyKey) {
        InvoicePayParams.Builder parameters = InvoicePayParams.builder();
        if (paymentMethod != null) {
            parameters.setPaymentMethod(paymentMethod);
        }
        try {
            patiently(() -> stripe.v1().invoices().pay(invoice, parameters.build(), key(idempotencyKey)));
            return decided(invoice);
        } catch (CardException declined) {
            return String.valueOf(declined.getCode()).endsWith(NEEDS_ACTION)
                    ? new PayAnswer.ActionRequired(secret(invoice))
                    : new PayAnswer.Declined(declineCode(declined), declined.getUserMessage());
        } catch (StripeException failed) {
            RuntimeException told = translated(failed);
            if (told instanceof StripeRefusedException refused) {
                return decided(invoice, refused);
            }
            throw told;
        }
    }

    private PayAnswer decided(String invoice) {
        Document read = read(invoice);
        return read.status().equals("paid") ? new PayAnswer.Paid(read) : new PayAnswer.NotPayable(read);
    }

    /** Somebody else may have paid it, or it cannot be; what Stripe refuses for another reason is no answer. */
    private PayAnswer decided(String invoice, StripeRefusedException refused) {
        Document read = read(invoice);
        return switch (read.status()) {
            case "paid" -> new PayAnswer.Paid(read);
            case "draft", "void" -> new PayAnswer.NotPayable(read);
            case String open -> throw refused;
        };
    }

    private String secret(String invoice) {
        InvoicePaymentListParams parameters =
                InvoicePaymentListParams.builder().setInvoice(invoice).addExpand("data.payment.payment_intent").build();
        return call(() -> stripe.v1().invoicePayments().list(parameters)).getData().getFirst().getPayment().getPaymentIntentObject().getClientSecret();
    }

    private Document document(Invoice source, Map<String, PaymentIntent> known) {
        Optional<Charge> charge = charge(source, known);
        return document(source, charge.map(Charge::getAmountRefunded).orElse(0L),
                charge.filter(each -> Boolean.TRUE.equals(each.getDisputed())).flatMap(this::dispute).orElse(null),
                StripePages.lines(stripe, source).stream().map(line -> line(line, usageMonths(line, source))).toList());
    }

    /**
     * One that a request has made whose answer it is part of: nothing of it was given back or disputed yet. Absent where the answer leaves lines out, and where
     * one may bill use: that is read.
     */
    static @Nullable Document justMade(@Nullable Invoice source) {
        return source == null || Boolean.TRUE.equals(source.getLines().getHasMore()) || source.getLines().getData().stream().anyMatch(line -> inArrears(line, source))
                ? null
                : document(source, 0, null, source.getLines().getData().stream().map(line -> line(line, null)).toList());
    }

    /** Only what is over when it is billed can be use: all else is asked for in advance, or for part of a period. */
    private static boolean inArrears(InvoiceLineItem line, Invoice of) {
        return !StripeReading.proration(line.getParent()) && price(line).isPresent() && line.getPeriod().getEnd() <= of.getCreated();
    }

    private @Nullable Integer usageMonths(InvoiceLineItem line, Invoice of) {
        OptionalInt months = inArrears(line, of) ? prices.months(price(line).orElseThrow()) : OptionalInt.empty();
        return months.isPresent() ? months.getAsInt() : null;
    }

    private static Optional<String> price(InvoiceLineItem line) {
        return Optional.ofNullable(line.getPricing()).map(InvoiceLineItem.Pricing::getPriceDetails).map(InvoiceLineItem.Pricing.PriceDetails::getPrice);
    }

    private static Document document(Invoice source, long refunded, @Nullable Disputed dispute, List<Line> lines) {
        Invoice.StatusTransitions times = source.getStatusTransitions();
        return new Document(
                source.getId(), source.getCustomer(), subscription(source), source.getNumber(), source.getStatus(),
                Objects.requireNonNullElse(source.getBillingReason(), ""), "send_invoice".equals(source.getCollectionMethod()),
                Currency.getInstance(source.getCurrency().toUpperCase(Locale.ROOT)), Instant.ofEpochSecond(source.getCreated()),
                StripeReading.instant(times.getFinalizedAt()), StripeReading.instant(source.getDueDate()), StripeReading.instant(times.getPaidAt()),
                source.getSubtotal(), discounts(source), taxes(source), source.getTotal(), balance(source), source.getAmountDue(), source.getAmountPaid(),
                source.getAmountRemaining(), source.getAttemptCount().intValue(), StripeReading.instant(source.getNextPaymentAttempt()),
                source.getHostedInvoiceUrl(), source.getInvoicePdf(), refunded, dispute,
                lines,
                Optional.ofNullable(source.getCustomerTaxIds()).orElse(List.of()).stream().map(each -> new TaxNumber(each.getType(), each.getValue())).toList());
    }

    private static @Nullable String subscription(Invoice source) {
        return Optional.ofNullable(source.getParent())
                .map(Invoice.Parent::getSubscriptionDetails)
                .map(Invoice.Parent.SubscriptionDetails::getSubscription)
                .orElse(null);
    }

    private static long discounts(Invoice source) {
        return Optional.ofNullable(source.getTotalDiscountAmounts()).orElse(List.of()).stream().mapToLong(Invoice.TotalDiscountAmount::getAmount).sum();
    }

    private static long taxes(Invoice source) {
        return Optional.ofNullable(source.getTotalTaxes()).orElse(List.of()).stream().mapToLong(Invoice.TotalTax::getAmount).sum();
    }

    private static long balance(Invoice source) {
        return source.getEndingBalance() == null ? 0 : source.getStartingBalance() - source.getEndingBalance();
    }

    /** What paid it: nothing was refunded or disputed of what nobody paid. */
    private Optional<Charge> charge(Invoice source, Map<String, PaymentIntent> known) {
        if (source.getAmountPaid() == 0 || source.getPayments() == null) {
            return Optional.empty();
        }
        return source.getPayments().getData().stream()
                .map(payment -> payment.getPayment().getPaymentIntent())
                .filter(Objects::nonNull)
                .map(id -> known.containsKey(id) ? known.get(id) : payment(id))
                .map(PaymentIntent::getLatestChargeObject)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private PaymentIntent payment(String id) {
        PaymentIntentRetrieveParams parameters = PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
        return call(() -> stripe.v1().paymentIntents().retrieve(id, parameters));
    }

    private Optional<Disputed> dispute(Charge charge) {
        DisputeListParams parameters = DisputeListParams.builder().setCharge(charge.getId()).build();
        return call(() -> stripe.v1().disputes().list(parameters)).getData().stream().findFirst().map(found -> new Disputed(
                found.getStatus(), found.getReason(), found.getAmount(),
                Optional.ofNullable(found.getEvidenceDetails()).map(Dispute.EvidenceDetails::getDueBy).map(Instant::ofEpochSecond).orElse(null)));
    }

    private static Line line(InvoiceLineItem source, @Nullable Integer usageMonths) {
        long discount = Optional.ofNullable(source.getDiscountAmounts()).orElse(List.of()).stream()
                .mapToLong(InvoiceLineItem.DiscountAmount::getAmount).sum();
        long tax = Optional.ofNullable(source.getTaxes()).orElse(List.of()).stream().mapToLong(InvoiceLineItem.Tax::getAmount).sum();
        return new Line(
                source.getId(), Objects.requireNonNullElse(source.getDescription(), ""),
                StripeReading.period(source.getPeriod().getStart(), source.getPeriod().getEnd()),
                Objects.requireNonNullElse(source.getQuantity(), 1L), source.getAmount(), discount, tax, StripeReading.proration(source.getParent()), usageMonths);
    }
}
