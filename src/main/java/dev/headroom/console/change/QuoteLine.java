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
import java.math.BigDecimal;
import java.time.ZoneId;

/** What a line is for, which time it covers, and on demand how it was calculated, so that anybody can check it by hand. */
final class QuoteLine extends Div {

    QuoteLine(InvoiceLine line, String plan, ZoneId zone) {
        addClassName("stacked");
        String what = line.quantity() == 1 ? plan : translate("quote.line.seats", plan, Figures.number(line.quantity()));
        Span period = new Span(translate(
                "quote.line.period", When.dayText(line.period().from(), zone), When.dayText(line.period().until(), zone)));
        period.addClassName("quiet");
        Details way = new Details(translate("quote.line.how"), new Paragraph(arithmetic(line)));
        way.addClassName("how");
        add(new Span(translate("quote.line", Words.of(line.kind()), what)), period, way);
    }

    private static String arithmetic(InvoiceLine line) {
        String gross = line.discount().isZero()
                ? Figures.money(line.gross())
                : translate("quote.line.discounted", Figures.money(line.gross()), Figures.money(line.discount()));
        return translate(
                "quote.line.arithmetic", gross, Figures.number(line.secondsRemaining()), Figures.number(line.secondsTotal()),
                Figures.exact(new BigDecimal(line.exact()), line.amount().currency()), Figures.money(line.amount()));
    }
}
