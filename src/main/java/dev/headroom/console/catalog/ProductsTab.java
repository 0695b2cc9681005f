package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Product;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.audit.Activity;

/** What everything else that is sold belongs to: each product, what it has, and what it is called. */
final class ProductsTab extends Div {

    static final String TAB = "products";

    private final ProductDialogs dialogs;
    private final Runnable changed;

    /** @param changed told when a product is there, or is called otherwise */
    ProductsTab(CatalogSnapshot known, ProductDialogs dialogs, Runnable changed) {
        this.dialogs = dialogs;
        this.changed = changed;
        Paragraph meaning = new Paragraph(translate("product.meaning"));
        meaning.addClassName("quiet");
        add(meaning);
        if (dialogs.may()) {
            Button make = new Button(translate("product.new"), VaadinIcon.PLUS.create(), click -> dialogs.make(_ -> changed.run()));
            Div bar = new Div(make);
            bar.addClassName("toolbar");
            add(bar);
        }
        add(known.products().isEmpty() ? new EmptyState(translate("product.none"), translate("product.none.why")) : table(known));
    }

    private DataTable table(CatalogSnapshot known) {
        DataTable table = new DataTable(
                translate("product.tab"), translate("plan.product"), translate("product.description"), translate("product.features"), translate("product.plans"),
                translate("product.addOns"), translate("rule.acts"));
        known.products().forEach(product -> table.row(
                name(product), new Text(product.description()), new Anchor("features?product=" + product.key(), Figures.number(known.featuresOf(product.id()).size())),
                new Text(Figures.number(known.onSale(product.id()).size())), new Text(Figures.number(known.addOnsOnSale(product.id()).size())), acts(product)));
        return table;
    }

    private static Component name(Product product) {
        Span key = new Span(product.key());
        key.addClassName("quiet");
        Div name = new Div(new Span(product.name()), key);
        product.findings().forEach(finding -> name.add(new Span(finding.message())));
        name.addClassName("stacked");
        return name;
    }

    private Component acts(Product product) {
        Div acts = new Div();
        acts.addClassName("acts");
        if (dialogs.may()) {
            Button edit = new Button(translate("product.edit"), click -> dialogs.edit(product, changed));
            edit.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            edit.setAriaLabel(translate("product.edit.of", product.name()));
            acts.add(edit);
        }
        acts.add(Activity.link("product", product.id(), product.name()));
        return acts;
    }
}
