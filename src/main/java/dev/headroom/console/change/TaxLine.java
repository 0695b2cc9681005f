package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.Figures;
import dev.headroom.pricing.Invoice.Tax;

/** A tax as Stripe reckons it, with what it is a part of. */
final class TaxLine extends Div {

    TaxLine(Tax tax) {
        addClassName("stacked");
        Span of = new Span(tax.inclusive()
                ? translate("quote.tax.included", Figures.money(tax.amount()))
                : translate("quote.tax.of", Figures.money(tax.taxable())));
        of.addClassName("quiet");
        add(new Span(translate("quote.tax")), of);
    }
}
