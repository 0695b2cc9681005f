package dev.headroom.console.overview;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Permission;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.audit.Activity;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Where one arrives: how the business stands this month, what waits for somebody, and what was done last. */
@Route(OverviewView.PATH)
@PermitAll
class OverviewView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "overview";

    private final SignedIn signedIn;
    private final Standings standings;
    private final FirstSteps steps;
    private final Needs needs;
    private final Activity activity;

    OverviewView(SignedIn signedIn, Standings standings, FirstSteps steps, Needs needs, Activity activity) {
        this.signedIn = signedIn;
        this.standings = standings;
        this.steps = steps;
        this.needs = needs;
        this.activity = activity;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        boolean revenue = signedIn.may(Permission.REVENUE);
        Standing standing = revenue ? standings.withRevenue(signedIn.actor()) : standings.withoutRevenue(signedIn.actor());
        title(translate("overview.title"));
        steps.left(signedIn.actor()).ifPresent(left -> add(new Section(translate("overview.steps"), left)));
        List<Need> waiting = needs.of(signedIn);
        add(new FigurePanel(standing, waiting.size()));
        Div main = new Div(new Section(translate("overview.needs"), needs(waiting)));
        if (revenue) {
            main.add(new Section(translate("overview.movements"), new MovementPanel(standing)));
        }
        Div side = new Div(new Section(translate("overview.last"), activity.latest(signedIn)));
        Div columns = new Div(main, side);
        columns.addClassName("columns");
        add(columns);
    }

    private static Component needs(List<Need> waiting) {
        if (waiting.isEmpty()) {
            return new EmptyState(translate("overview.needs.none"), translate("overview.needs.none.why"));
        }
        UnorderedList list = new UnorderedList();
        list.addClassName("card-list");
        for (Need need : waiting) {
            Span why = new Span(need.why());
            why.addClassName("quiet");
            Div both = new Div(new Anchor(need.address(), need.what()), why);
            both.addClassName("stacked");
            list.add(new ListItem(both));
        }
        return list;
    }
}
