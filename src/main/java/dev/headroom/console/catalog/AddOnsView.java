package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.headroom.account.Account;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryText;
import dev.headroom.console.SignedIn;
import dev.headroom.draft.Draft;
import jakarta.annotation.security.PermitAll;
import java.util.Map;
import java.util.UUID;

/** What is sold beside the plans, and what one of it grants. */
@Route(AddOnsView.PATH)
@PermitAll
class AddOnsView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "add-ons";

    private final QueryText filter = new QueryText(translate("addon.list.filter"), PATH);
    private final PlanGrid addOns;

    AddOnsView(Catalog catalog, DraftActs acts, SignedIn signedIn) {
        CatalogSnapshot known = catalog.snapshot();
        Map<PlanId, Draft> drafts = acts.open(known.addOns());
        Map<UUID, Account> owners = acts.owners(known.addOns());
        addOns = new PlanGrid(
                        translate("addon.list.title"), translate("addon.name"), known.addOns().stream().map(addOn -> PlanRow.of(addOn, known, drafts, owners)).toList(),
                        AddOnsView::link)
                .with("grants", translate("addon.grants"), PlanRow::grants);
        addOns.setEmptyStateComponent(new EmptyState(translate("addon.list.empty"), translate("addon.list.empty.why")));
        title(translate("addon.list.title"));
        filter.addValueChangeListener(change -> addOns.show(change.getValue()));
        actions(acts.make(Plan.Kind.ADD_ON));
        begins(DraftActs.MAKE, () -> acts.ask(Plan.Kind.ADD_ON));
        Div bar = new Div(filter, new ListTools(signedIn, PATH, addOns), addOns.file("add-ons"));
        bar.addClassName("toolbar");
        Div list = new Div(bar, addOns, acts.prepared(Plan.Kind.ADD_ON));
        list.addClassName("list");
        add(list);
    }

    private static Component link(PlanRow row) {
        RouterLink link = new RouterLink(row.plan().name(), AddOnView.class, new RouteParameters(AddOnView.KEY, row.plan().key()));
        Span key = new Span(row.plan().key());
        key.addClassName("quiet");
        Div name = new Div(link, key, row.owner());
        name.addClassName("stacked");
        return folded(name, new Span(row.product().name()), row.status(), new Span(row.prices()), new Span(row.grants()));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String text = event.getLocation().getQueryParameters().getSingleParameter(QueryText.PARAMETER).orElse("");
        filter.setValue(text);
        addOns.show(text);
    }
}
