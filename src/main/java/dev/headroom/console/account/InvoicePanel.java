package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.DescriptionList.Description;
import com.vaadin.flow.component.html.DescriptionList.Term;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.account.PaymentMethod;
import dev.headroom.actor.Permission;
import dev.headroom.change.PlanChange;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.Sentences;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.change.Notice;
import dev.headroom.console.change.TermsText;
import dev.headroom.error.HeadroomException;
import dev.headroom.invoice.Invoice;
import dev.headroom.payment.InvoicePayments;
import dev.headroom.payment.PayInvoice;
import dev.headroom.payment.PayInvoiceResult;
import dev.headroom.payment.PayInvoiceResult.InvoiceActionRequired;
import dev.headroom.payment.PayInvoiceResult.InvoiceNotPayable;
import dev.headroom.payment.PayInvoiceResult.InvoicePaid;
import dev.headroom.payment.PayInvoiceResult.NoPaymentMethod;
import dev.headroom.payment.PayInvoiceResult.PaymentDeclined;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One invoice with its lines, and, while something is owed, the button that pays it. */
final class InvoicePanel extends Div {

    private final AccountReading reading;
    private final Invoice invoice;
    private final SignedIn signedIn;
    private final InvoicePayments payments;
    private final Consumer<Notice> told;
    private final DescriptionList facts = new DescriptionList();

    /** @param change that it bills; empty for a start or a renewal */
    InvoicePanel(
            AccountReading reading, Invoice invoice, Optional<PlanChange> change, SignedIn signedIn, InvoicePayments payments, Instant now,
            Consumer<Notice> told) {
        this.reading = reading;
        this.invoice = invoice;
        this.signedIn = signedIn;
        this.payments = payments;
        this.told = told;
        addClassName("invoice");
        facts(now);
        change.ifPresent(made -> fact("invoice.change", new Anchor(
                PlanChangeView.address(reading.account().key(), made.id()), TermsText.of(made.to(), reading.catalog()))));
        add(facts, lines());
        if (invoice.status().payable() && invoice.remaining().isPositive()) {
            pay();
        }
    }

    private void facts(Instant now) {
        facts.addClassName("facts");
        fact("invoice.state", InvoiceList.states(invoice, now));
        fact("invoice.total", new Text(Figures.money(invoice.total())));
        fact("invoice.remaining", new Text(Figures.money(invoice.remaining())));
        day("invoice.due", invoice.times().dueAt());
        day("invoice.paid.at", invoice.times().paidAt());
        day("invoice.next.attempt", invoice.times().nextAttemptAt());
        if (invoice.amounts().refunded().isPositive()) {
            fact("invoice.refunded.amount", new Text(Figures.money(invoice.amounts().refunded())));
        }
        if (!invoice.amounts().tax().isZero()) {
            fact("invoice.tax", new Text(Figures.money(invoice.amounts().tax())));
        }
        if (!invoice.taxNumbers().isEmpty()) {
            fact("invoice.tax.numbers", new Text(String.join(", ", invoice.taxNumbers())));
        }
        fact("invoice.documents", InvoiceList.documents(invoice));
    }

    private void day(String name, @Nullable Instant at) {
        if (at != null) {
            fact(name, When.day(at, zone()));
        }
    }

    private void fact(String name, Component value) {
        facts.add(new Term(translate(name)), new Description(value));
    }

    private DataTable lines() {
        DataTable table = new DataTable(
                translate("invoice.lines"), translate("invoice.line"), translate("invoice.period"), translate("invoice.quantity"), translate("invoice.amount"));
        table.figuresFrom(2);
        invoice.lines().forEach(line -> table.row(
                line.description(), translate("timeline.span", When.dayText(line.period().from(), zone()), When.dayText(line.period().until(), zone())),
                Figures.number(line.quantity()), Figures.money(line.amount())));
        return table;
    }

    private ZoneId zone() {
        return reading.account().zone();
    }

    private void pay() {
        boolean card = reading.cards().stream().anyMatch(PaymentMethod::preferred);
        boolean may = signedIn.may(Permission.CHANGE);
        Button pay = new Button(translate("invoice.pay", Figures.money(invoice.remaining())), click -> told.accept(outcome()));
        pay.setId("pay-invoice");
        pay.addThemeVariants(ButtonVariant.PRIMARY);
        pay.setDisableOnClick(true);
        pay.setEnabled(card && may);
        Paragraph reason = new Paragraph(translate(!may ? "change.forbidden" : card ? "invoice.pay.why" : "invoice.pay.no.card"));
        reason.setId("pay-reason");
        reason.addClassName("quiet");
        pay.getElement().setAttribute("aria-describedby", "pay-reason");
        add(pay, reason);
    }

    /** The invoice and how often it was tried name the attempt, so that a second press asks how the first one went. */
    private Notice outcome() {
        String key = "console:pay:" + invoice.id() + ":" + invoice.attempts();
        try {
            return said(payments.pay(signedIn.actor(), new PayInvoice(key, reading.account().key(), invoice.id().toString(), null)));
        } catch (HeadroomException unknown) {
            return new Notice(Notice.Kind.ERROR, translate("invoice.pay.unknown"), Sentences.of(unknown.getMessage()));
        }
    }

    private Notice said(PayInvoiceResult result) {
        return switch (result) {
            case InvoicePaid(var paid, var _) -> new Notice(
                    Notice.Kind.SUCCESS, translate("invoice.pay.done"), translate("invoice.pay.done.why", InvoiceList.name(paid)));
            case PaymentDeclined(var code, var message) -> new Notice(
                    Notice.Kind.ERROR, translate("change.declined"), translate("invoice.pay.declined", message, code));
            case InvoiceActionRequired _ -> new Notice(Notice.Kind.INFO, translate("change.action"), translate("invoice.pay.action"));
            case InvoiceNotPayable _ -> new Notice(Notice.Kind.INFO, translate("invoice.pay.settled"), translate("invoice.pay.settled.why"));
            case NoPaymentMethod _ -> new Notice(Notice.Kind.ERROR, translate("invoice.pay.unknown"), translate("invoice.pay.no.card"));
        };
    }
}
