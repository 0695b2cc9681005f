package dev.headroom.console.rollout;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Facts;
import dev.headroom.console.Figures;
import dev.headroom.console.QueryState;
import dev.headroom.console.Section;
import dev.headroom.console.Sentences;
import dev.headroom.console.When;
import dev.headroom.console.audit.Activity;
import dev.headroom.console.change.Notice;
import dev.headroom.console.publish.PublishText;
import dev.headroom.id.Ids;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.Rollout.Counts;
import jakarta.annotation.security.PermitAll;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;

/** One roll-out: what was chosen and why, how far it is by now, what became of each account, and what can be done about it. */
@Route(RolloutsView.PATH + "/:" + RolloutView.ID)
@PermitAll
class RolloutView extends ConsolePage implements BeforeEnterObserver {

    static final String ID = "rollout";

    private final RolloutServices services;
    private final InstantSource clock;
    private final Div content = new Div();

    RolloutView(RolloutServices services, InstantSource clock) {
        this.services = services;
        this.clock = clock;
        above(translate("rollout.list"), RolloutsView.class);
        add(content);
    }

    static String address(UUID rollout) {
        return RolloutsView.PATH + "/" + rollout;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (!services.signedIn().may(Permission.CATALOG)) {
            title(translate("rollout.list"));
            content.add(new EmptyState(translate("rollout.forbidden"), translate("rollout.forbidden.why")));
            return;
        }
        QueryState query = QueryState.of(event.getLocation());
        event.getRouteParameters().get(ID).flatMap(Ids::parse).flatMap(id -> services.rollouts().find(services.signedIn().actor(), id))
                .ifPresentOrElse(rollout -> show(rollout, query), () -> event.rerouteToError(NotFoundException.class));
    }

    private void show(Rollout rollout, QueryState query) {
        Counts counts = services.counts(rollout);
        head(rollout, counts, query);
        content.removeAll();
        if (rollout.failure() != null) {
            content.add(new Notice(Notice.Kind.ERROR, translate("published.failed"), Sentences.of(rollout.failure())));
        }
        MovesPanel moves = new MovesPanel(services, rollout, query, () -> again(rollout, query));
        FarPanel far = new FarPanel(services, clock, rollout, counts, (now, moved) -> {
            head(now, moved, query);
            moves.refresh(now);
        });
        content.add(
                new Section(translate("rollout.far"), far), new Section(translate("rollout.chosen"), chosen(rollout)),
                new Section(translate("rollout.accounts"), counts.total() == 0 ? nobody(rollout) : moves));
    }

    private void again(Rollout rollout, QueryState query) {
        show(services.rollouts().byId(services.signedIn().actor(), rollout.id()), query);
    }

    private void head(Rollout rollout, Counts counts, QueryState query) {
        Span line = new Span(RolloutText.versions(rollout, services.catalog().snapshot()));
        line.addClassName("quiet");
        title(RolloutText.title(rollout, services.catalog().snapshot()), RolloutText.state(rollout.state()), line);
        actions(new RolloutActs(services, rollout, counts, () -> again(rollout, query)).buttons());
    }

    private static Component nobody(Rollout rollout) {
        return rollout.terms().choice().moves()
                ? new EmptyState(translate("rollout.accounts.none"), translate("rollout.accounts.none.why"))
                : new EmptyState(translate("rollout.accounts.new"), translate("rollout.accounts.new.why"));
    }

    private Component chosen(Rollout rollout) {
        CatalogSnapshot known = services.catalog().snapshot();
        Facts facts = new Facts()
                .with(translate("rollout.plan"), RolloutText.found(rollout, known).<Component>map(RolloutView::plan).orElseGet(() -> new Text(rollout.plan())))
                .with(translate("publish.fact.when"), When.minute(rollout.publishAt(), rollout.zone() == null ? ZoneOffset.UTC : ZoneId.of(rollout.zone())))
                .with(translate("publish.fact.who"), PublishText.name(rollout.timing()));
        if (rollout.terms().choice().moves()) {
            Integer most = rollout.mostRisePercent();
            facts.with(translate("rollout.segment"), RolloutText.segment(rollout.terms().choice().segment()))
                    .with(translate("publish.most"), most == null ? translate("publish.fact.unbounded") : Figures.percent(most))
                    .with(translate("publish.notice"), translate("publish.fact.notice", rollout.riseNoticeDays(), rollout.noticeDays()));
        }
        facts.with(translate("publish.reason"), rollout.reason())
                .with(translate("rollout.by"), translate("rollout.by.at", services.who(rollout.decidedBy()), When.minuteText(rollout.decidedAt(), ZoneOffset.UTC)))
                .with(translate("published.impact"), new Anchor("impacts/" + rollout.impact(), translate("published.impact.show")))
                .with(translate("audit.title"), Activity.link("rollout", rollout.id(), RolloutText.title(rollout, known)));
        if (rollout.publishes()) {
            facts.with(translate("rollout.draft"), new Anchor("drafts/" + rollout.draft(), translate("published.impact.show")));
        }
        return facts;
    }

    private static Component plan(Plan plan) {
        return new Anchor((plan.tier() ? "plans/" : "add-ons/") + plan.key(), plan.name());
    }
}
