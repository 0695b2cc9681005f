package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.QueryText;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Locale;

/** What is sold: every plan, and the plans of a product side by side. */
@Route(PlansView.PATH)
@PermitAll
class PlansView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "plans";

    private final QueryText filter = new QueryText(translate("plan.list.filter"), PATH);
    private final Grid<PlanRow> plans = new Grid<>();
    private final QueryTabs tabs = new QueryTabs(PATH);
    private final List<PlanRow> rows;

    PlansView(Catalog catalog) {
        CatalogSnapshot known = catalog.snapshot();
        rows = known.plans().stream().map(plan -> PlanRow.of(plan, known)).sorted(PlanRow.ORDER).toList();
        title(translate("plan.list.title"));
        prepareGrid();
        filter.addValueChangeListener(change -> show(change.getValue()));
        Div list = new Div(filter, plans);
        list.addClassName("list");
        add(tabs.with("list", translate("plan.list.tab"), list).with("compare", translate("compare.tab"), new CompareTable(known)));
    }

    private void prepareGrid() {
        plans.addComponentColumn(PlansView::link).setHeader(translate("plan.name")).setKey("name").setAutoWidth(true).setFlexGrow(1).setRowHeader(true);
        plans.addColumn(row -> row.product().name()).setHeader(translate("plan.product")).setKey("product").setAutoWidth(true);
        plans.addComponentColumn(PlanRow::status).setHeader(translate("plan.status")).setKey("status").setAutoWidth(true);
        plans.addColumn(PlanRow::prices).setHeader(translate("plan.prices")).setKey("prices").setAutoWidth(true).setFlexGrow(1);
        plans.addColumn(PlanRow::features).setHeader(translate("plan.features")).setKey("features").setAutoWidth(true);
        plans.addClassName(FOLDS);
        plans.addThemeVariants(GridVariant.NO_BORDER);
        plans.setAllRowsVisible(true);
        plans.setEmptyStateComponent(new EmptyState(translate("plan.list.empty"), translate("plan.list.empty.why")));
        plans.getElement().setAttribute("aria-label", translate("plan.list.title"));
    }

    private static Component link(PlanRow row) {
        RouterLink link = new RouterLink(row.plan().name(), PlanView.class, new RouteParameters(PlanView.KEY, row.plan().key()));
        return folded(link, new Span(row.product().name()), row.status(), new Span(row.prices()));
    }

    private void show(String text) {
        String needle = text.strip().toLowerCase(Locale.ROOT);
        plans.setItems(rows.stream().filter(row -> row.matches(needle)).toList());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters query = event.getLocation().getQueryParameters();
        String text = query.getSingleParameter(QueryText.PARAMETER).orElse("");
        filter.setValue(text);
        show(text);
        tabs.follow(query);
    }
}
