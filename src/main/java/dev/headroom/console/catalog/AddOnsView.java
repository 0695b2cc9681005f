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
import dev.headroom.catalog.Plan;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.QueryState;
import jakarta.annotation.security.PermitAll;

/** What is sold beside the plans, and what one of it grants. */
@Route(AddOnsView.PATH)
@PermitAll
class AddOnsView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "add-ons";

    private final PlanLists lists;
    private final Div content = new Div();

    AddOnsView(PlanLists lists, DraftActs acts) {
        this.lists = lists;
        title(translate("addon.list.title"));
        actions(acts.make(Plan.Kind.ADD_ON));
        begins(DraftActs.MAKE, () -> acts.ask(Plan.Kind.ADD_ON));
        add(content);
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
        content.removeAll();
        content.add(lists.of(Plan.Kind.ADD_ON, PATH, QueryState.of(event.getLocation()), AddOnsView::link, translate("addon.grants"), PlanRow::grants));
    }
}
