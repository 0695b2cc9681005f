package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.reporting.RateSet;
import dev.headroom.reporting.ReportedRevenues.Part;
import dev.headroom.reporting.ReportedRevenues.Together;

/** How movements of several currencies come to one amount: of each what it is, exactly, and all of it rounded once. */
final class TogetherPanel extends Div {

    TogetherPanel(Together of, RateSet rates) {
        String code = rates.in().getCurrencyCode();
        DataTable table = new DataTable(
                translate("revenue.parts", code), translate("revenue.currency"), translate("overview.count"), translate("revenue.amount"), translate("revenue.exact.in", code));
        for (Part part : of.parts()) {
            table.row(part.amount().currency().getCurrencyCode(), Figures.number(part.movements()), Figures.signed(part.amount()), Figures.exact(part.exact(), rates.in()));
        }
        table.row(translate("revenue.parts.all"), Figures.number(of.movements()), "", Figures.signed(of.amount()));
        Paragraph apart = new Paragraph(translate("revenue.parts.apart"));
        apart.addClassName("quiet");
        add(new Paragraph(RatesText.of(rates)), table.figuresFrom(2), apart);
    }
}
