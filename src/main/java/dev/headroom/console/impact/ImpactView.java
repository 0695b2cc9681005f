package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryState;
import dev.headroom.console.Section;
import dev.headroom.console.Sentences;
import dev.headroom.console.When;
import dev.headroom.console.change.Notice;
import dev.headroom.draft.Draft;
import dev.headroom.id.Ids;
import dev.headroom.impact.ImpactRun;
import dev.headroom.impact.ImpactSummary;
import jakarta.annotation.security.PermitAll;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/** What a version that is not sold yet would do to everybody: watched while it is looked at, then read. */
@Route("impacts/:" + ImpactView.ID)
@PermitAll
class ImpactView extends ConsolePage implements BeforeEnterObserver {

    static final String ID = "impact";

    private final ImpactServices services;
    private final Div content = new Div();

    ImpactView(ImpactServices services) {
        this.services = services;
        add(content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (!services.signedIn().may(Permission.CATALOG)) {
            title(translate("impact.title"));
            content.add(new EmptyState(translate("draft.forbidden"), translate("draft.forbidden.why")));
            return;
        }
        QueryState query = QueryState.of(event.getLocation());
        event.getRouteParameters().get(ID).flatMap(Ids::parse).flatMap(id -> services.impacts().find(services.signedIn().actor(), id))
                .ifPresentOrElse(run -> show(run, query), () -> event.rerouteToError(NotFoundException.class));
    }

    private void show(ImpactRun run, QueryState query) {
        CatalogSnapshot known = services.catalog().snapshot();
        lead(run.next());
        Span began = new Span(new Text(translate("impact.began") + " "), When.minute(run.beganAt(), ZoneOffset.UTC), new Text(
                run.comparedWith() == null ? "" : " · " + translate("impact.compared", known.version(run.comparedWith()).number())));
        began.addClassName("quiet");
        title(translate("impact.of", run.next().plan().name()), began);
        actions();
        content.removeAll();
        switch (run.state()) {
            case RUNNING -> content.add(new ProgressPanel(services.signedIn(), services.impacts(), services.clock(), run, ended -> show(ended, query)));
            case DONE -> done(run, Objects.requireNonNull(run.summary()), query);
            case FAILED -> ended(run, Notice.Kind.ERROR, translate("impact.failed"), translate("impact.failed.why", Sentences.of(run.failure())));
            case SUPERSEDED -> ended(run, Notice.Kind.INFO, translate("impact.superseded"), translate("impact.superseded.why"));
            case CANCELED -> ended(run, Notice.Kind.INFO, translate("impact.canceled"), translate("impact.canceled.why"));
        }
    }

    /** Back to the draft that it is of, while that is open; else to what is sold. */
    private void lead(PlanVersion next) {
        Plan plan = next.plan();
        Draft draft = services.drafts().openOf(services.signedIn().actor(), List.of(plan.id())).get(plan.id());
        if (draft != null && draft.id().value().equals(next.id().value())) {
            above(translate("draft.of", plan.name()), "drafts/" + draft.id());
        } else {
            above(plan.name(), (plan.tier() ? "plans/" : "add-ons/") + plan.key());
        }
    }

    private void ended(ImpactRun run, Notice.Kind kind, String what, String why) {
        content.add(new Notice(kind, what, why));
        Button again = again(run);
        again.addThemeVariants(ButtonVariant.PRIMARY);
        actions(again);
    }

    private Button again(ImpactRun run) {
        return new Button(translate("impact.again"), click -> {
            Actor actor = services.signedIn().actor();
            String key = Ids.next().toString();
            ImpactRun fresh = run.among() == null ? services.impacts().start(actor, key, run.next()) : services.impacts().start(actor, key, run.next(), run.among());
            UI.getCurrent().navigate("impacts/" + fresh.id());
        });
    }

    private void done(ImpactRun run, ImpactSummary summary, QueryState query) {
        actions(again(run));
        if (summary.accounts() == 0) {
            content.add(new EmptyState(translate("impact.nobody"), translate("impact.nobody.why")));
            return;
        }
        content.add(
                new Section(translate("impact.totals"), new TotalsPanel(summary)),
                new Section(translate("impact.histogram"), new HistogramPanel(summary)),
                new Section(translate("impact.limits"), HindrancePanel.limits(summary, services.catalog().snapshot())),
                new Section(translate("impact.hindrances"), HindrancePanel.hindrances(summary)),
                new Section(translate("whatif.title"), new WhatIfPanel(summary, query)),
                new Section(translate("impact.lines"), run.linesKept()
                        ? new LinesPanel(services, run, query)
                        : new EmptyState(translate("impact.lines.gone"), translate("impact.lines.gone.why"))));
    }
}
