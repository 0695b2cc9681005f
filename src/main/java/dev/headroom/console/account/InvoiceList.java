package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.account.Account;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.ListGrid;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.invoice.Invoice;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/** All invoices of an account, newest first. */
final class InvoiceList extends ListGrid<Invoice> {

    static final int PAGE = 50;
    private static final String TALL = "24rem";

    private final Account account;

    InvoiceList(Account account, Instant now, KeysetPages<Invoice> pages) {
        super(translate("invoice.title"), PAGE);
        this.account = account;
        ZoneId zone = account.zone();
        addComponentColumn(invoice -> ConsolePage.folded(
                        number(invoice), When.day(invoice.times().createdAt(), zone), new Span(Figures.money(invoice.total())), states(invoice, now)))
                .setHeader(translate("invoice.number")).setKey("number").setAutoWidth(true).setRowHeader(true);
        addComponentColumn(invoice -> When.day(invoice.times().createdAt(), zone)).setHeader(translate("invoice.of.day")).setKey("day").setAutoWidth(true);
        addComponentColumn(invoice -> states(invoice, now)).setHeader(translate("invoice.state")).setKey("state").setAutoWidth(true);
        addColumn(invoice -> Words.of(invoice.reason())).setHeader(translate("invoice.reason")).setKey("reason").setAutoWidth(true);
        addColumn(invoice -> Figures.money(invoice.total())).setHeader(translate("invoice.total")).setKey("total").setAutoWidth(true)
                .setTextAlign(ColumnTextAlign.END);
        addColumn(invoice -> Figures.money(invoice.remaining())).setHeader(translate("invoice.remaining")).setKey("remaining").setAutoWidth(true)
                .setTextAlign(ColumnTextAlign.END);
        addComponentColumn(InvoiceList::documents).setHeader(translate("invoice.documents")).setKey("documents").setAutoWidth(true);
        setHeight(TALL);
        setEmptyStateComponent(new EmptyState(translate("invoice.none"), translate("invoice.none.why")));
        setItems(shown -> pages.slice(shown.getOffset(), shown.getLimit()).stream());
    }

    /** The address at which one invoice is shown whole. */
    static String address(Account account, String invoice) {
        return "accounts/" + account.key() + "?tab=" + InvoicePanels.TAB + "&" + InvoicePanels.INVOICE + "=" + invoice;
    }

    private Component number(Invoice invoice) {
        return new Anchor(address(account, invoice.id().toString()), name(invoice));
    }

    static String name(Invoice invoice) {
        return Objects.requireNonNullElseGet(invoice.number(), () -> translate("invoice.unnumbered"));
    }

    /** Where it stands, and what came after it was paid. */
    static Component states(Invoice invoice, Instant now) {
        Div states = new Div(badge(
                invoice.overdue(now) ? translate("invoice.overdue") : Words.of(invoice.status()), switch (invoice.status()) {
                    case PAID -> BadgeVariant.SUCCESS;
                    case OPEN -> invoice.overdue(now) || invoice.attempts() > 0 ? BadgeVariant.ERROR : BadgeVariant.WARNING;
                    case UNCOLLECTIBLE -> BadgeVariant.ERROR;
                    case DRAFT, VOID -> BadgeVariant.CONTRAST;
                }));
        if (invoice.amounts().refunded().isPositive()) {
            boolean whole = invoice.amounts().refunded().equals(invoice.amounts().paid());
            states.add(badge(translate(whole ? "invoice.refunded" : "invoice.refunded.part"), BadgeVariant.CONTRAST));
        }
        if (invoice.dispute() != null) {
            states.add(badge(Words.of(invoice.dispute().state()), switch (invoice.dispute().state()) {
                case OPEN -> BadgeVariant.ERROR;
                case WON -> BadgeVariant.SUCCESS;
                case LOST -> BadgeVariant.CONTRAST;
            }));
        }
        states.addClassName("beside");
        return states;
    }

    private static Badge badge(String text, BadgeVariant variant) {
        Badge badge = new Badge(text);
        badge.addThemeVariants(variant);
        return badge;
    }

    /** Stripe's own pages, elsewhere. */
    static Component documents(Invoice invoice) {
        Span links = new Span();
        if (invoice.hostedUrl() != null) {
            links.add(link(invoice.hostedUrl(), translate("invoice.page"), translate("invoice.page.of", name(invoice))));
        }
        if (invoice.pdfUrl() != null) {
            links.add(new Span(" "), link(invoice.pdfUrl(), translate("invoice.pdf"), translate("invoice.pdf.of", name(invoice))));
        }
        return links;
    }

    private static Anchor link(String url, String text, String name) {
        Anchor link = new Anchor(url, text);
        link.setTarget("_blank");
        link.getElement().setAttribute("rel", "noreferrer");
        link.setAriaLabel(name);
        return link;
    }
}
