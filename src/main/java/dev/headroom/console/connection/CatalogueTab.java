package dev.headroom.console.connection;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.actor.Actor;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Section;
import dev.headroom.console.Sentences;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.sync.CatalogPlan;
import dev.headroom.sync.CatalogPlan.Line;
import dev.headroom.sync.CatalogPlans;
import dev.headroom.sync.CatalogPlans.ApplyCatalogPlan;
import dev.headroom.sync.CatalogPlans.ApplyCatalogPlanResult.CatalogPlanApplied;
import dev.headroom.sync.CatalogPlans.ApplyCatalogPlanResult.CatalogPlanIsStale;
import dev.headroom.sync.CatalogPlans.CatalogApply;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** In what our catalogue and Stripe's differ, said before anything is done about it. */
final class CatalogueTab extends Div {

    private static final int SHOWN = 10;

    private final CatalogPlans plans;
    private final Actor actor;

    CatalogueTab(CatalogPlans plans, Actor actor) {
        this.plans = plans;
        this.actor = actor;
        compare(null);
    }

    /** @param said above the plan: what became of the one before */
    private void compare(@Nullable String said) {
        try {
            show(plans.plan(actor), said);
        } catch (HeadroomException silent) {
            removeAll();
            add(new EmptyState(translate("sync.silent"), Sentences.of(silent.getMessage()), again()));
        }
    }

    private Button again() {
        return new Button(translate("sync.compare"), click -> compare(null));
    }

    private void show(CatalogPlan plan, @Nullable String said) {
        removeAll();
        if (said != null) {
            Paragraph notice = new Paragraph(said);
            notice.getElement().setAttribute("role", "status");
            add(notice);
        }
        add(new Section(translate("sync.plan"), plan.differences().isEmpty()
                ? new EmptyState(translate("sync.level"), translate("sync.level.why"), again())
                : planned(plan)));
        List<CatalogApply> applies = plans.newest(actor, SHOWN);
        if (!applies.isEmpty()) {
            add(new Section(translate("sync.applies"), history(applies)));
        }
    }

    private Component planned(CatalogPlan plan) {
        long applying = plan.differences().stream().filter(line -> line.kind().applies()).count();
        Button apply = new Button(translate("sync.apply", applying), click -> apply(plan));
        apply.addThemeVariants(ButtonVariant.PRIMARY);
        apply.setEnabled(applying > 0);
        Div acts = new Div(apply, again());
        acts.addClassName("acts");
        DataTable table = new DataTable(
                translate("sync.plan"), translate("sync.what"), translate("sync.here"), translate("sync.there"), translate("sync.done"));
        plan.differences().forEach(line -> table.row(what(line), new Text(or(line.ours())), theirs(line), new Text(line.applying())));
        Div list = new Div(acts, table);
        list.addClassName("list");
        return list;
    }

    private static Component what(Line line) {
        Span kind = new Span(Words.of(line.kind()));
        kind.addClassName("quiet");
        return stacked(new Span(line.name()), kind);
    }

    private static Component theirs(Line line) {
        return line.stripeId() == null ? new Text(or(line.theirs())) : stacked(new Span(or(line.theirs())), new Code(line.stripeId()));
    }

    private static Component stacked(Component... parts) {
        Div stacked = new Div(parts);
        stacked.addClassName("stacked");
        return stacked;
    }

    private static String or(@Nullable String text) {
        return Optional.ofNullable(text).orElse("–");
    }

    private void apply(CatalogPlan plan) {
        try {
            switch (plans.apply(actor, new ApplyCatalogPlan(Ids.next().toString(), plan.fingerprint()))) {
                case CatalogPlanApplied(CatalogApply apply) -> compare(said(apply));
                case CatalogPlanIsStale(CatalogPlan fresh) -> show(fresh, translate("sync.stale"));
            }
        } catch (HeadroomException refused) {
            compare(Sentences.of(refused.getMessage()));
        }
    }

    private static String said(CatalogApply apply) {
        if (apply.failure() != null) {
            return translate("sync.failed", apply.applied(), apply.agreed(), apply.failure());
        }
        return translate(apply.finishedAt() == null ? "sync.goesOn" : "sync.applied", apply.applied(), apply.agreed());
    }

    private static Component history(List<CatalogApply> applies) {
        DataTable table = new DataTable(translate("sync.applies"), translate("sync.asked"), translate("sync.by"), translate("sync.outcome"));
        applies.forEach(each -> table.row(When.minute(each.askedAt(), ZoneOffset.UTC), new Text(each.askedBy()), new Text(said(each))));
        return table;
    }
}
