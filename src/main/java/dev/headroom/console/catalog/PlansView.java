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
import dev.headroom.account.Account;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryState;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.QueryText;
import dev.headroom.console.SignedIn;
import dev.headroom.exchange.CatalogImports;
import dev.headroom.draft.Draft;
import dev.headroom.storefront.PricingTables;
import jakarta.annotation.security.PermitAll;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is sold: every plan, and the plans of a product side by side. */
@Route(PlansView.PATH)
@PermitAll
class PlansView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "plans";

    private final QueryText filter = new QueryText(translate("plan.list.filter"), PATH);
    private final QueryTabs tabs = new QueryTabs(PATH);
    private final PlanGrid plans;
    private final PricingTables tables;
    private final SignedIn signedIn;
    private final CatalogSnapshot known;
    private @Nullable BuyersPanel buyers;
    private @Nullable QueryState state;

    PlansView(Catalog catalog, DraftActs acts, CatalogImports imports, PricingTables tables, SignedIn signedIn) {
        this.tables = tables;
        this.signedIn = signedIn;
        this.known = catalog.snapshot();
        Map<PlanId, Draft> drafts = acts.open(known.plans());
        Map<UUID, Account> owners = acts.owners(known.plans());
        plans = new PlanGrid(
                        translate("plan.list.title"), translate("plan.name"), known.plans().stream().map(plan -> PlanRow.of(plan, known, drafts, owners)).toList(),
                        PlansView::link)
                .with("features", translate("plan.features"), PlanRow::features);
        plans.setEmptyStateComponent(new EmptyState(translate("plan.list.empty"), translate("plan.list.empty.why")));
        title(translate("plan.list.title"));
        filter.addValueChangeListener(change -> plans.show(change.getValue()));
        actions(acts.make(Plan.Kind.TIER));
        begins(DraftActs.MAKE, () -> acts.ask(Plan.Kind.TIER));
        Div bar = new Div(filter, new ListTools(signedIn, PATH, plans), plans.file("plans"));
        bar.addClassName("toolbar");
        Div list = new Div(bar, plans, acts.prepared(Plan.Kind.TIER));
        list.addClassName("list");
        add(tabs.with("list", translate("plan.list.tab"), list).with("compare", translate("compare.tab"), new CompareTable(known))
                .with(BuyersPanel.TAB, translate("buyers.tab"), this::asBuyersSeeIt));
        if (signedIn.may(Permission.CATALOG)) {
            tabs.with("file", translate("file.tab"), new FileTab(imports, signedIn));
        }
    }

    private static Component link(PlanRow row) {
        RouterLink link = new RouterLink(row.plan().name(), PlanView.class, new RouteParameters(PlanView.KEY, row.plan().key()));
        Div name = new Div(link, row.owner());
        name.addClassName("stacked");
        return folded(name, new Span(row.product().name()), row.status(), new Span(row.prices()));
    }

    private Component asBuyersSeeIt() {
        buyers = new BuyersPanel(
                Objects.requireNonNull(state).with(QueryTabs.PARAMETER, BuyersPanel.TAB), known, known.products(), (product, currency) -> tables.of(signedIn.actor(), product.key(), currency));
        return buyers;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        state = QueryState.of(event.getLocation());
        if (buyers != null) {
            buyers.follow(state.with(QueryTabs.PARAMETER, BuyersPanel.TAB));
        }
        QueryParameters query = event.getLocation().getQueryParameters();
        String text = query.getSingleParameter(QueryText.PARAMETER).orElse("");
        filter.setValue(text);
        plans.show(text);
        tabs.follow(query);
    }
}
