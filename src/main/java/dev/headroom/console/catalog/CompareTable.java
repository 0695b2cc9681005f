package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The features of a product against the plans that sell them, as a buyer would lay them side by side. */
final class CompareTable extends Div {

    /** What the tab is called in the address. */
    static final String TAB = "compare";
    private static final String PRODUCT = "product";
    private static final String DIFFERENCES = "differences";

    private final CatalogSnapshot catalog;
    private final Select<Product> product = new Select<>();
    private final Checkbox differences = new Checkbox(translate("compare.differences"));
    private final Div table = new Div();

    CompareTable(CatalogSnapshot catalog, QueryState state) {
        this.catalog = catalog;
        addClassName("compare");
        product.setLabel(translate("compare.product"));
        product.setItemLabelGenerator(Product::name);
        product.setItems(catalog.products());
        product.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                state.choose(PRODUCT, Optional.ofNullable(change.getValue()).map(Product::key).orElse(null));
            }
            show();
        });
        product.setVisible(catalog.products().size() > 1);
        differences.setValue(state.get(DIFFERENCES).isPresent());
        differences.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                state.choose(DIFFERENCES, change.getValue() ? "only" : null);
            }
            show();
        });
        Div choices = new Div(product, differences);
        choices.addClassName("toolbar");
        add(choices, table);
        state.get(PRODUCT).flatMap(catalog::product).or(() -> catalog.products().stream().findFirst()).ifPresentOrElse(product::setValue, this::show);
    }

    private void show() {
        table.removeAll();
        List<PlanVersion> plans = Optional.ofNullable(product.getValue()).map(Product::id).map(catalog::onSale).orElse(List.of());
        if (plans.isEmpty()) {
            table.add(new EmptyState(translate("compare.empty"), translate("plan.list.empty.why")));
            return;
        }
        List<Component> heads = new ArrayList<>(List.of(new Text(translate("compare.feature"))));
        plans.forEach(plan -> heads.add(head(plan)));
        List<String> names = new ArrayList<>(List.of(translate("compare.feature")));
        plans.forEach(plan -> names.add(plan.plan().name()));
        DataTable matrix = new DataTable(translate("compare.title", product.getValue().name()), heads, names);
        matrix.addClassName("matrix");
        catalog.featuresOf(product.getValue().id()).stream()
                .map(feature -> cells(feature, plans))
                .filter(cells -> !differences.getValue() || cells.stream().skip(1).distinct().count() > 1)
                .forEach(cells -> matrix.row(cells.stream().map(CompareTable::cell).toArray(Component[]::new)));
        table.add(matrix);
    }

    private static Component head(PlanVersion version) {
        Span price = new Span(PriceText.summary(version));
        price.addClassName("quiet");
        Div head = new Div(new RouterLink(version.plan().name(), PlanView.class, new RouteParameters(PlanView.KEY, version.plan().key())), price);
        head.addClassName("stacked");
        return head;
    }

    /** The feature's name, then what each plan grants of it. */
    private static List<String> cells(Feature feature, List<PlanVersion> plans) {
        List<String> cells = new ArrayList<>(List.of(feature.name()));
        plans.forEach(plan -> cells.add(granted(plan, feature).map(granted -> EntitlementText.amount(granted, plan)).orElse(translate("entitlement.absent"))));
        return cells;
    }

    private static Optional<PlanEntitlement> granted(PlanVersion version, Feature feature) {
        return version.entitlements().stream().filter(each -> each.feature().id().equals(feature.id())).findFirst();
    }

    /** Yes and no get a sign beside their word, because a matrix is read by its shapes. */
    private static Component cell(String text) {
        boolean yes = text.equals(translate("entitlement.included"));
        boolean no = text.equals(translate("entitlement.absent"));
        if (!yes && !no) {
            return new Text(text);
        }
        Icon sign = (yes ? VaadinIcon.CHECK : VaadinIcon.MINUS).create();
        sign.getElement().setAttribute("aria-hidden", "true");
        Span cell = new Span(sign, new Span(text));
        cell.addClassNames("sign", yes ? "yes" : "no");
        return cell;
    }
}
