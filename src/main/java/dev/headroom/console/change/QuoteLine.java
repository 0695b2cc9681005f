package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.pricing.BilledItem;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.Item;
import dev.headroom.quote.Quote;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;

/** What a line is for, which time it covers, and on demand how it was calculated, so that anybody can check it by hand. */
final class QuoteLine extends Div {

    QuoteLine(InvoiceLine line, Quote quote, CatalogSnapshot catalog, ZoneId zone) {
        addClassName("stacked");
        String what = switch (line.source()) {
            case HEADROOM -> translate("quote.line", Words.of(line.kind()), what(line, quote, catalog));
            case STRIPE -> line.description().isBlank() ? Words.of(line.kind()) : line.description();
        };
        Span period = new Span(translate(
                "quote.line.period", When.dayText(line.period().from(), zone), When.dayText(line.period().until(), zone)));
        period.addClassName("quiet");
        Details way = new Details(translate("quote.line.how"), new Paragraph(switch (line.source()) {
            case HEADROOM -> arithmetic(line);
            case STRIPE -> told(line);
        }));
        way.addClassName("how");
        add(new Span(what), period, way);
    }

    /** A credit is of what was held, everything else of what shall be: the same item may be of two plans. */
    private static String what(InvoiceLine line, Quote quote, CatalogSnapshot catalog) {
        List<BilledItem> items = switch (line.kind()) {
            case CREDIT -> quote.subscription().billed(catalog);
            case CHARGE, FULL_PERIOD, WAITING -> quote.quotation().items();
        };
        String name = items.stream().map(BilledItem::item).filter(item -> item.ref().equals(line.item())).map(Item::name).findFirst().orElseThrow();
        if (line.quantity() == 1) {
            return name;
        }
        boolean plan = quote.subscription().planItem().id().toString().equals(line.item());
        return translate(plan ? "quote.line.seats" : "quote.line.addOn", name, Figures.number(line.quantity()));
    }

    private static String arithmetic(InvoiceLine line) {
        return translate(
                "quote.line.arithmetic", price(line), Figures.number(line.secondsRemaining()), Figures.number(line.secondsTotal()),
                Figures.exact(new BigDecimal(line.exact()), line.amount().currency()), Figures.money(line.amount()));
    }

    /** What Stripe has reckoned can be explained by nobody else. */
    private static String told(InvoiceLine line) {
        return line.discount().isZero()
                ? translate("quote.line.stripe", Figures.money(line.amount()))
                : translate("quote.line.stripe.discounted", Figures.money(line.gross()), Figures.money(line.discount()), Figures.money(line.amount()));
    }

    /** With the minus of a credit, so that the line comes out as it is written. */
    private static String price(InvoiceLine line) {
        boolean credit = line.kind() == InvoiceLine.Kind.CREDIT;
        if (line.discount().isZero()) {
            return Figures.money(credit ? line.gross().negated() : line.gross());
        }
        return translate(
                credit ? "quote.line.discounted.credit" : "quote.line.discounted", Figures.money(line.gross()), Figures.money(line.discount()));
    }
}
