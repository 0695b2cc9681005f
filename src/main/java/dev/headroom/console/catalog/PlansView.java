package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.QueryState;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.SignedIn;
import dev.headroom.exchange.CatalogImports;
import dev.headroom.storefront.PricingTables;
import jakarta.annotation.security.PermitAll;

/** What is sold: every plan, and the plans of a product side by side. */
@Route(PlansView.PATH)
@PermitAll
class PlansView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "plans";
    private static final String LIST = "list";

    private final PlanLists lists;
    private final ProductDialogs products;
    private final CatalogImports imports;
    private final PricingTables tables;
    private final SignedIn signedIn;
    private final CatalogSnapshot known;
    private final Div content = new Div();

    PlansView(Catalog catalog, PlanLists lists, DraftActs acts, ProductDialogs products, CatalogImports imports, PricingTables tables, SignedIn signedIn) {
        this.lists = lists;
        this.products = products;
        this.imports = imports;
        this.tables = tables;
        this.signedIn = signedIn;
        this.known = catalog.snapshot();
        title(translate("plan.list.title"));
        actions(acts.make(Plan.Kind.TIER));
        begins(DraftActs.MAKE, () -> acts.ask(Plan.Kind.TIER));
        begins(ProductDialogs.MAKE, () -> products.make(_ -> again()));
        add(content);
    }

    private static void again() {
        UI.getCurrent().refreshCurrentRoute(false);
    }

    private static Component link(PlanRow row) {
        RouterLink link = new RouterLink(row.plan().name(), PlanView.class, new RouteParameters(PlanView.KEY, row.plan().key()));
        Div name = new Div(link, row.owner());
        name.addClassName("stacked");
        return folded(name, new Span(row.product().name()), row.status(), new Span(row.prices()));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        content.removeAll();
        QueryTabs tabs = new QueryTabs(PATH)
                .with(LIST, translate("plan.list.tab"), () -> lists.of(Plan.Kind.TIER, PATH, listed(event), PlansView::link, translate("plan.features"), PlanRow::features))
                .with(CompareTable.TAB, translate("compare.tab"), () -> new CompareTable(known, chosen(event, CompareTable.TAB)))
                .with(BuyersPanel.TAB, translate("buyers.tab"), () -> new BuyersPanel(
                        chosen(event, BuyersPanel.TAB), known, known.products(), (product, currency) -> tables.of(signedIn.actor(), product.key(), currency)))
                .with(ProductsTab.TAB, translate("product.tab"), () -> new ProductsTab(known, products, PlansView::again));
        if (signedIn.may(Permission.CATALOG)) {
            tabs.with("file", translate("file.tab"), new FileTab(imports, signedIn));
        }
        tabs.follow(event.getLocation().getQueryParameters());
        content.add(tabs);
    }

    /** The first tab is not mentioned, unless another one was. */
    private static QueryState listed(BeforeEnterEvent event) {
        QueryState state = QueryState.of(event.getLocation());
        return state.get(QueryTabs.PARAMETER).isPresent() ? state.with(QueryTabs.PARAMETER, LIST) : state;
    }

    private static QueryState chosen(BeforeEnterEvent event, String tab) {
        return QueryState.of(event.getLocation()).with(QueryTabs.PARAMETER, tab);
    }
}
