package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.QueryText;
import dev.headroom.console.SignedIn;
import dev.headroom.exchange.CatalogImports;
import dev.headroom.draft.Draft;
import jakarta.annotation.security.PermitAll;
import java.util.Map;

/** What is sold: every plan, and the plans of a product side by side. */
@Route(PlansView.PATH)
@PermitAll
class PlansView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "plans";

    private final QueryText filter = new QueryText(translate("plan.list.filter"), PATH);
    private final QueryTabs tabs = new QueryTabs(PATH);
    private final PlanGrid plans;

    PlansView(Catalog catalog, DraftActs acts, CatalogImports imports, SignedIn signedIn) {
        CatalogSnapshot known = catalog.snapshot();
        Map<PlanId, Draft> drafts = acts.open(known.plans());
        plans = new PlanGrid(
                        translate("plan.list.title"), translate("plan.name"), known.plans().stream().map(plan -> PlanRow.of(plan, known, drafts)).toList(),
                        PlansView::link)
                .with("features", translate("plan.features"), PlanRow::features);
        plans.addClassName(FOLDS);
        plans.setEmptyStateComponent(new EmptyState(translate("plan.list.empty"), translate("plan.list.empty.why")));
        title(translate("plan.list.title"));
        filter.addValueChangeListener(change -> plans.show(change.getValue()));
        actions(acts.make(Plan.Kind.TIER));
        Div list = new Div(filter, plans, acts.prepared(Plan.Kind.TIER));
        list.addClassName("list");
        add(tabs.with("list", translate("plan.list.tab"), list).with("compare", translate("compare.tab"), new CompareTable(known)));
        if (signedIn.may(Permission.CATALOG)) {
            tabs.with("file", translate("file.tab"), new FileTab(imports, signedIn));
        }
    }

    private static Component link(PlanRow row) {
        RouterLink link = new RouterLink(row.plan().name(), PlanView.class, new RouteParameters(PlanView.KEY, row.plan().key()));
        return folded(link, new Span(row.product().name()), row.status(), new Span(row.prices()));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters query = event.getLocation().getQueryParameters();
        String text = query.getSingleParameter(QueryText.PARAMETER).orElse("");
        filter.setValue(text);
        plans.show(text);
        tabs.follow(query);
    }
}
