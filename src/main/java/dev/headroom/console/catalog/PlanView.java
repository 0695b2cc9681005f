package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.SignedIn;
import dev.headroom.console.audit.Activity;
import dev.headroom.console.publish.Subscribers;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.stream.Stream;

/** One plan: what it costs, what it grants, and how both came about. */
@Route("plans/:" + PlanView.KEY)
@PermitAll
class PlanView extends ConsolePage implements BeforeEnterObserver {

    static final String KEY = "plan";

    private final SignedIn signedIn;
    private final Catalog catalog;
    private final Activity activity;
    private final DraftActs acts;
    private final PlanActs sale;
    private final Subscribers subscribers;
    private final Div content = new Div();

    PlanView(SignedIn signedIn, Catalog catalog, Activity activity, DraftActs acts, PlanActs sale, Subscribers subscribers) {
        this.sale = sale;
        this.signedIn = signedIn;
        this.activity = activity;
        this.catalog = catalog;
        this.acts = acts;
        this.subscribers = subscribers;
        above(translate("plan.list.title"), PlansView.class);
        add(content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        CatalogSnapshot known = catalog.snapshot();
        event.getRouteParameters().get(KEY).flatMap(known::plan).ifPresentOrElse(
                plan -> show(PlanRow.of(plan, known, acts.open(List.of(plan)), acts.owners(List.of(plan))), known, event.getLocation().getQueryParameters()), () -> event.rerouteToError(NotFoundException.class));
    }

    private void show(PlanRow row, CatalogSnapshot known, QueryParameters query) {
        title(row.plan().name(), PlanTabs.state(row));
        Runnable changed = () -> UI.getCurrent().refreshCurrentRoute(false);
        actions(Stream.concat(sale.of(row, changed).stream(), Stream.of(acts.edit(row))).toArray(Component[]::new));
        begins(PlanActs.RETIRE, () -> sale.retire(row, changed));
        begins(PlanActs.COPY, () -> sale.copy(row));
        content.removeAll();
        content.add(new PlanTabs(PlansView.PATH + "/" + row.plan().key(), row, known, () -> subscribers.of(row.plan()),
                () -> activity.of(signedIn, row.plan().kind().subject(), row.plan().id()), query));
    }
}
