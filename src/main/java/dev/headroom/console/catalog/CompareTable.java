package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The features of a product against the plans that sell them and the add-ons that raise them, as a buyer would lay them side by side. */
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
        Div choices = new Div(product, differences, Csv.link(translate("csv.download"), "compare", GrantFile.COLUMNS, this::write));
        choices.addClassName("toolbar");
        add(choices, table);
        state.get(PRODUCT).flatMap(catalog::product).or(() -> catalog.products().stream().findFirst()).ifPresentOrElse(product::setValue, this::show);
    }

    private void show() {
        table.removeAll();
        List<PlanVersion> plans = plans();
        if (plans.isEmpty()) {
            table.add(new EmptyState(translate("compare.empty"), translate("plan.list.empty.why")));
            return;
        }
        List<PlanVersion> addOns = addOns();
        List<PlanVersion> all = Stream.concat(plans.stream(), addOns.stream()).toList();
        List<Component> heads = new ArrayList<>(List.of(new Text(translate("compare.feature"))));
        all.forEach(version -> heads.add(head(version)));
        List<String> names = new ArrayList<>(List.of(translate("compare.feature")));
        all.forEach(version -> names.add(version.plan().name()));
        DataTable matrix = new DataTable(translate("compare.title", product.getValue().name()), heads, names);
        matrix.addClassName("matrix");
        features(plans, addOns).forEach(feature -> matrix.row(cells(feature, all)));
        table.add(matrix);
        if (!addOns.isEmpty()) {
            Paragraph note = new Paragraph(translate("compare.addons"));
            note.addClassName("quiet");
            table.add(note);
        }
    }

    private List<PlanVersion> plans() {
        return Optional.ofNullable(product.getValue()).map(Product::id).map(catalog::onSale).orElse(List.of());
    }

    private List<PlanVersion> addOns() {
        return catalog.addOnsOnSale(product.getValue().id());
    }

    private Stream<Feature> features(List<PlanVersion> plans, List<PlanVersion> addOns) {
        return catalog.featuresOf(product.getValue().id()).stream().filter(feature -> !differences.getValue() || differs(feature, plans, addOns));
    }

    private void write(Csv csv) {
        List<PlanVersion> plans = plans();
        if (!plans.isEmpty()) {
            features(plans, addOns()).forEach(feature -> Stream.concat(plans.stream(), addOns().stream())
                    .forEach(version -> csv.row(GrantFile.sold(product.getValue().key(), feature.key(), version))));
        }
    }

    private static Component head(PlanVersion version) {
        Plan plan = version.plan();
        Span price = new Span(plan.tier() ? PriceText.summary(version) : translate("compare.addon", PriceText.summary(version)));
        price.addClassName("quiet");
        RouterLink link = plan.tier()
                ? new RouterLink(plan.name(), PlanView.class, new RouteParameters(PlanView.KEY, plan.key()))
                : new RouterLink(plan.name(), AddOnView.class, new RouteParameters(AddOnView.KEY, plan.key()));
        Div head = new Div(link, price);
        head.addClassName("stacked");
        return head;
    }

    /** Whether plans grant it unlike, or an add-on raises it. */
    private static boolean differs(Feature feature, List<PlanVersion> plans, List<PlanVersion> addOns) {
        return plans.stream().map(plan -> text(plan, feature)).distinct().count() > 1 || addOns.stream().anyMatch(addOn -> granted(addOn, feature).isPresent());
    }

    /** The feature's name, then what each plan grants of it and each add-on adds. */
    private static Component[] cells(Feature feature, List<PlanVersion> versions) {
        return Stream.concat(Stream.of(new Text(feature.name())), versions.stream().map(version -> cell(text(version, feature)))).toArray(Component[]::new);
    }

    private static String text(PlanVersion version, Feature feature) {
        return granted(version, feature).map(granted -> EntitlementText.amount(granted, version)).orElse(translate(version.plan().tier() ? "entitlement.absent" : "compare.nothing"));
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
