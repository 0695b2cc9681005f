package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Product;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.value.ValueMetric;
import dev.headroom.value.ValueMetricSets;
import dev.headroom.value.ValueMetrics;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** What the vendor says each product is worth to its customers: every quote makes its case of it. */
@Route(ValueView.PATH)
@PermitAll
class ValueView extends ConsolePage {

    static final String PATH = "value";
    private static final List<String> COLUMNS = List.of("product", "feature", "amount_minor", "currency", "minutes", "basis");

    private final SignedIn signedIn;
    private final ValueMetricSets metrics;
    private final CatalogSnapshot catalog;
    private final ValueDialogs dialogs;
    private final boolean may;
    private final Div content = new Div();

    ValueView(SignedIn signedIn, ValueMetricSets metrics, Catalog catalog) {
        this.signedIn = signedIn;
        this.metrics = metrics;
        this.catalog = catalog.snapshot();
        this.dialogs = new ValueDialogs(signedIn, metrics, this.catalog, this::show);
        this.may = signedIn.may(Permission.CATALOG);
        title(translate("value.title"));
        Paragraph meaning = new Paragraph(translate("value.meaning"));
        meaning.addClassName("quiet");
        actions(Csv.link(translate("csv.download"), PATH, COLUMNS, this::write));
        add(meaning, content);
        show();
    }

    private void show() {
        content.removeAll();
        if (catalog.products().isEmpty()) {
            content.add(new EmptyState(translate("transition.no.product"), translate("value.no.product.why")));
        }
        catalog.products().forEach(product -> content.add(section(product, metrics.of(signedIn.actor(), product.id()))));
    }

    private void write(Csv csv) {
        catalog.products().forEach(product -> metrics.of(signedIn.actor(), product.id()).metrics().forEach(metric -> csv.row(
                product.key(), catalog.feature(metric.feature()).key(), metric.amount().minor(), metric.amount().currency(), metric.minutes(), metric.basis())));
    }

    private Component section(Product product, ValueMetrics said) {
        Section section = new Section(product.name(), said.metrics().isEmpty() ? new EmptyState(translate("value.none"), translate("value.none.why")) : table(product, said));
        if (!said.implementation().isEmpty()) {
            UnorderedList costs = new UnorderedList();
            said.implementation().forEach(cost -> costs.add(new ListItem(translate("value.implementation.costs", Figures.money(cost)))));
            section.add(costs);
        }
        if (may) {
            Div acts = new Div(
                    act(translate("value.new"), translate("value.new.of", product.name()), () -> dialogs.add(product, said)),
                    act(translate("value.implementation"), translate("value.implementation.of", product.name()), () -> dialogs.implementation(product, said)));
            acts.addClassName("acts");
            section.add(acts);
        }
        return section;
    }

    private Component table(Product product, ValueMetrics said) {
        DataTable table = new DataTable(
                translate("value.of", product.name()), translate("value.feature"), translate("value.worth"), translate("value.basis"), translate("rule.acts"));
        said.metrics().forEach(metric -> table.row(
                new Text(catalog.feature(metric.feature()).name()), new Text(worth(metric)), new Text(metric.basis()), remove(product, said, metric)));
        return table;
    }

    private String worth(ValueMetric metric) {
        String amount = Figures.unitPrice(metric.amount());
        if (metric.minutes() == null) {
            return catalog.feature(metric.feature()).counted() ? amount : translate("value.worth.month", amount);
        }
        return translate("value.worth.time", Figures.number(metric.minutes()), amount);
    }

    private Component remove(Product product, ValueMetrics said, ValueMetric metric) {
        if (!may) {
            return new Text("");
        }
        Button remove = act(translate("value.remove"), translate("value.remove.of", catalog.feature(metric.feature()).name()), () -> dialogs.remove(product, said, metric));
        remove.addThemeVariants(ButtonVariant.ERROR);
        Div acts = new Div(remove);
        acts.addClassName("acts");
        return acts;
    }

    private static Button act(String text, String name, Runnable act) {
        Button button = new Button(text, click -> act.run());
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.setAriaLabel(name);
        return button;
    }
}
