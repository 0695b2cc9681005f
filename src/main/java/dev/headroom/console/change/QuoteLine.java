package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.shown.ShownQuote.Line;
import java.math.BigDecimal;
import java.time.ZoneId;

/** What a line is for, which time it covers, and on demand how it was calculated, so that anybody can check it by hand. */
final class QuoteLine extends Div {

    QuoteLine(Line of, ZoneId zone) {
        addClassName("stacked");
        InvoiceLine line = of.billed();
        String what = switch (line.source()) {
            case HEADROOM -> translate("quote.line", Words.of(line.kind()), what(of));
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

    private static String what(Line line) {
        long quantity = line.billed().quantity();
        return quantity == 1
                ? line.of()
                : translate(line.plan() ? "quote.line.seats" : "quote.line.addOn", line.of(), Figures.number(quantity));
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
