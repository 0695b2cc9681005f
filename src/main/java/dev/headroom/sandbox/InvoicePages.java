package dev.headroom.sandbox;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What {@code hosted_invoice_url} and {@code invoice_pdf} lead to: the invoice to look at, to pay with a test card, and to keep. */
final class InvoicePages {

    static final String PATH = "/i/";

    /** Stands in stored documents for the address of the sandbox, which is only known to who answers. */
    static final String NOWHERE = "http://sandbox.invalid";

    private static final String PDF = "/pdf";
    private static final String PAY = "/pay";

    private final TransactionRepository transactions;
    private final InstantSource clock;
    private final Taxation taxation;

    InvoicePages(TransactionRepository transactions, InstantSource clock, Taxation taxation) {
        this.transactions = transactions;
        this.clock = clock;
        this.taxation = taxation;
    }

    /** An invoice that is finalised has its pages for good; whoever knows the link may see them. */
    static void link(ObjectNode invoice) {
        String page = NOWHERE + PATH + Json.required(invoice, "id");
        invoice.put("hosted_invoice_url", page).put("invoice_pdf", page + PDF);
    }

    /** @param path from {@link #PATH} on */
    WebPage answer(String verb, String path, String form) {
        String rest = path.substring(PATH.length());
        boolean pays = rest.endsWith(PAY);
        boolean prints = rest.endsWith(PDF);
        String id = rest.replaceFirst("(" + PAY + "|" + PDF + ")$", "");
        if (verb.equals("POST") != pays) {
            return WebPage.html(405, "<!doctype html><title>Not allowed</title><p>This page is looked at with GET, and paid with its button.");
        }
        Optional<ObjectNode> found = transactions.run(transaction -> {
            Session session = new Session(transaction, clock.instant().truncatedTo(ChronoUnit.SECONDS), taxation, null, null);
            Optional<ObjectNode> invoice = session.find(Kind.INVOICE, id).filter(each -> each.path("hosted_invoice_url").isString());
            return pays ? invoice.map(each -> pay(session, id, form)) : invoice;
        });
        return found.map(invoice -> prints
                ? WebPage.pdf(Pdf.of(InvoiceText.lines(invoice)))
                : WebPage.html(200, html(invoice))).orElseGet(() -> WebPage.html(404, "<!doctype html><title>No invoice</title><p>There is no such invoice."));
    }

    private static ObjectNode pay(Session session, String id, String form) {
        String customer = session.documents().customerOf(Kind.INVOICE, id).orElseThrow();
        session.lock(customer);
        ObjectNode invoice = session.load(Kind.INVOICE, id);
        String card = Objects.requireNonNullElse(Parameters.of(Form.decode("", form)).text("card"), TestCard.VISA.id());
        if (Settlement.isPayable(invoice) && TestCard.of(card).isPresent()) {
            String method = PaymentMethods.attach(session, card, customer);
            if (new Settlement(session).charge(invoice, method).isEmpty()) {
                new Outcomes(session).paid(invoice);
            }
        }
        return session.load(Kind.INVOICE, id);
    }

    private static String html(ObjectNode invoice) {
        StringBuilder page = new StringBuilder("""
                <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>Invoice</title><style>body{font:16px/1.5 system-ui;max-width:44rem;margin:3rem auto;padding:0 1rem}
                pre{white-space:pre-wrap;font:inherit}small{color:#555}</style><small>Headroom's stand-in for Stripe. No money moves.</small><pre>""");
        InvoiceText.lines(invoice).forEach(line -> page.append(escaped(line)).append('\n'));
        page.append("</pre>");
        String own = PATH + Json.required(invoice, "id");
        if (Settlement.isPayable(invoice)) {
            page.append("<form method=\"post\" action=\"").append(own).append(PAY).append("\"><label>Test card <select name=\"card\">");
            List.of(TestCard.VISA, TestCard.INSUFFICIENT_FUNDS, TestCard.CREATE_DISPUTE).forEach(card -> page.append("<option value=\"").append(card.id())
                    .append("\">").append(card.id().replace("pm_card_", "")).append(" **** ").append(card.last4()).append("</option>"));
            page.append("</select></label> <button>Pay ").append(escaped(InvoiceText.money(invoice, "amount_remaining"))).append("</button></form>");
        }
        return page.append("<p><a href=\"").append(own).append(PDF).append("\">PDF</a></html>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
