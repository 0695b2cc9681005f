package dev.headroom.console.connection;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Section;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.id.Ids;
import dev.headroom.sync.Reconciliations;
import dev.headroom.sync.StripeDifference;
import dev.headroom.sync.Walk;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** In what our mirror of Stripe is not what Stripe has, each with its repair; and what was repaired. */
final class ReconciliationTab extends Div {

    private static final int SHOWN = 50;

    private final Reconciliations reconciliations;
    private final Accounts accounts;
    private final Actor actor;

    ReconciliationTab(Reconciliations reconciliations, Accounts accounts, Actor actor) {
        this.reconciliations = reconciliations;
        this.accounts = accounts;
        this.actor = actor;
        show();
    }

    private void show() {
        List<StripeDifference> open = reconciliations.differences(actor, false, null, SHOWN);
        List<StripeDifference> ended = reconciliations.differences(actor, true, null, SHOWN);
        removeAll();
        add(new Section(translate("mirror.last"), last()));
        add(new Section(translate("mirror.open"), open.isEmpty()
                ? new EmptyState(translate("mirror.open.none"), translate("mirror.open.none.why"))
                : open(open)));
        if (!ended.isEmpty()) {
            add(new Section(translate("mirror.ended"), ended(ended)));
        }
    }

    private Component last() {
        Optional<Walk> last = reconciliations.newest(actor, 1).stream().findFirst();
        Div acts = new Div(new Button(translate("mirror.start"), click -> start()), new Button(translate("mirror.refresh"), click -> show()));
        acts.addClassName("acts");
        Paragraph said = new Paragraph(last.map(ReconciliationTab::said).orElseGet(() -> translate("mirror.never")));
        said.getElement().setAttribute("role", "status");
        Div both = new Div(said, acts);
        both.addClassName("list");
        return both;
    }

    private static String said(Walk walk) {
        String began = When.minuteText(walk.beganAt(), ZoneOffset.UTC);
        if (walk.failure() != null) {
            return translate("mirror.failed", began, walk.failure());
        }
        return translate(walk.finishedAt() == null ? "mirror.underWay" : "mirror.finished", began, walk.read(), walk.found());
    }

    private void start() {
        reconciliations.start(actor, Ids.next().toString());
        show();
    }

    private Component open(List<StripeDifference> open) {
        int all = reconciliations.open(actor);
        Button repair = new Button(translate("mirror.repair.all", all), click -> repair(null));
        repair.addThemeVariants(ButtonVariant.PRIMARY);
        DataTable table = new DataTable(
                translate("mirror.open"), translate("mirror.what"), translate("sync.here"), translate("sync.there"), translate("mirror.since"),
                translate("connection.acts"));
        open.forEach(each -> table.row(
                what(each), new Text(or(each.ours())), new Text(or(each.theirs())), When.minute(each.firstSeenAt(), ZoneOffset.UTC), repairing(each)));
        Div list = new Div(repair, table);
        list.addClassName("list");
        if (all > open.size()) {
            list.add(new Paragraph(translate("mirror.more", open.size(), all)));
        }
        return list;
    }

    private Component what(StripeDifference difference) {
        Account account = accounts.byId(actor, difference.account());
        Div what = new Div(new Anchor("accounts/" + account.key(), account.name()), new Span(Words.of(difference.aspect())), new Code(difference.stripeId()));
        what.addClassName("stacked");
        return what;
    }

    private static String or(@Nullable String text) {
        return Optional.ofNullable(text).orElse("–");
    }

    private Component repairing(StripeDifference difference) {
        if (difference.repairAskedBy() != null) {
            return new Text(translate("mirror.repairing"));
        }
        Button repair = new Button(translate("mirror.repair"), click -> repair(List.of(difference.id())));
        repair.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        repair.setAriaLabel(translate("mirror.repair.of", difference.stripeId(), Words.of(difference.aspect())));
        Div acts = new Div(repair);
        acts.addClassName("stacked");
        if (difference.failure() != null) {
            acts.add(new Span(translate("mirror.repair.failed", difference.failure())));
        }
        return acts;
    }

    private void repair(@Nullable List<UUID> which) {
        reconciliations.repair(actor, which);
        show();
    }

    private Component ended(List<StripeDifference> ended) {
        DataTable table = new DataTable(
                translate("mirror.ended"), translate("mirror.what"), translate("sync.here"), translate("sync.there"), translate("mirror.since"),
                translate("mirror.ended.at"), translate("mirror.ended.by"));
        ended.forEach(each -> table.row(
                what(each), new Text(or(each.ours())), new Text(or(each.theirs())), When.minute(each.firstSeenAt(), ZoneOffset.UTC),
                Optional.ofNullable(each.endedAt()).<Component>map(at -> When.minute(at, ZoneOffset.UTC)).orElseGet(() -> new Text("–")),
                new Text(each.endedBy() == null ? translate("mirror.ended.itself") : each.endedBy())));
        return table;
    }
}
