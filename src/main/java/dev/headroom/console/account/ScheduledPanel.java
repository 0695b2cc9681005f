package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.headroom.actor.Permission;
import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChangeCancellations;
import dev.headroom.change.ScheduledChanges;
import dev.headroom.change.ScheduledChanges.ReorderPlanChanges;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.change.Notice;
import dev.headroom.console.change.Reordered;
import dev.headroom.console.change.TakenBack;
import dev.headroom.console.change.TermsText;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** What waits for a date or for the end of a period, in the order in which it is made; each can be moved and taken back by whoever may change what is bought. */
final class ScheduledPanel extends Div {

    private static final String REASON = "scheduled-reason";

    private final AccountReading reading;
    private final SignedIn signedIn;
    private final PlanChangeCancellations cancellations;
    private final ScheduledChanges scheduled;
    private final List<PlanChange> waiting;
    private final Consumer<Notice> ended;
    private final ActorText actors;
    private final boolean may;

    /** @param ended is told what became of taking one back or moving it, once the page is out of date */
    ScheduledPanel(
            AccountReading reading, List<PlanChange> waiting, SignedIn signedIn, PlanChangeCancellations cancellations, ScheduledChanges scheduled,
            Consumer<Notice> ended) {
        this.waiting = waiting;
        this.scheduled = scheduled;
        this.reading = reading;
        this.signedIn = signedIn;
        this.cancellations = cancellations;
        this.ended = ended;
        this.actors = new ActorText(reading, signedIn);
        this.may = signedIn.may(Permission.CHANGE);
        DataTable table = new DataTable(
                translate(waiting.stream().anyMatch(PlanChange::dated) ? "scheduled.title.dated" : "scheduled.title"), translate("scheduled.what"), translate("scheduled.when"), translate("scheduled.by"), translate("grant.acts"));
        waiting.forEach(change -> table.row(what(change), when(change), by(change), acts(change)));
        add(table);
        if (!may) {
            Paragraph reason = new Paragraph(translate("scheduled.forbidden"));
            reason.setId(REASON);
            reason.addClassName("quiet");
            add(reason);
        }
    }

    private Component what(PlanChange change) {
        Div what = new Div();
        what.addClassName("stacked");
        List<String> lines = differences(change);
        what.add(new Anchor(PlanChangeView.address(reading.account().key(), change.id()), lines.getFirst()));
        lines.stream().skip(1).forEach(line -> what.add(new Span(line)));
        return what;
    }

    /** What others before it have done already leaves nothing of it to say but what it comes to. */
    private List<String> differences(PlanChange change) {
        List<String> lines = TermsText.differences(change.from(), change.to(), reading.catalog());
        return lines.isEmpty() ? List.of(TermsText.of(change.to(), reading.catalog())) : lines;
    }

    private ZoneId zone() {
        return reading.account().zone();
    }

    private Component when(PlanChange change) {
        Component day = When.day(Objects.requireNonNull(change.effectiveAt()), zone());
        if (!change.dated()) {
            return day;
        }
        Span due = new Span(translate("scheduled.due", Figures.money(change.due())));
        due.addClassName("quiet");
        Div when = new Div(day, due);
        when.addClassName("stacked");
        return when;
    }

    private Component by(PlanChange change) {
        Span at = new Span(When.day(change.requestedAt(), zone()));
        at.addClassName("quiet");
        Div by = new Div(new Span(actors.of(change.actor())), at);
        by.addClassName("stacked");
        return by;
    }

    private Component acts(PlanChange change) {
        Button back = new Button(translate("scheduled.take.back"), click -> takeBack(change));
        back.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL, ButtonVariant.ERROR);
        back.setAriaLabel(translate("scheduled.take.back.of", String.join(", ", differences(change))));
        back.setDisableOnClick(true);
        back.setEnabled(may);
        if (!may) {
            back.getElement().setAttribute("aria-describedby", REASON);
        }
        Div acts = new Div(back);
        moves(change).forEach(acts::add);
        acts.addClassName("acts");
        return acts;
    }

    /** Buttons, because not everybody can drag; where only one waits there is no order, and what waits for a date comes first. */
    private List<Button> moves(PlanChange change) {
        return change.dated() || movable(change).size() < 2 ? List.of() : List.of(
                move(change, -1, VaadinIcon.ARROW_UP, "scheduled.up"), move(change, 1, VaadinIcon.ARROW_DOWN, "scheduled.down"));
    }

    private Button move(PlanChange change, int places, VaadinIcon icon, String name) {
        Button move = new Button(icon.create(), click -> reorder(change, places));
        move.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        move.setAriaLabel(translate(name, String.join(", ", differences(change))));
        move.setTooltipText(move.getAriaLabel().orElseThrow());
        move.setDisableOnClick(true);
        int place = movable(change).indexOf(change) + places;
        move.setEnabled(may && place >= 0 && place < movable(change).size());
        return move;
    }

    /** Several subscriptions have a queue each. */
    private List<PlanChange> queue(PlanChange change) {
        return waiting.stream().filter(each -> each.subscription().equals(change.subscription())).toList();
    }

    private List<PlanChange> movable(PlanChange change) {
        return queue(change).stream().filter(each -> !each.dated()).toList();
    }

    private void reorder(PlanChange change, int places) {
        List<String> seen = queue(change).stream().map(each -> each.id().toString()).toList();
        List<String> order = new ArrayList<>(seen);
        order.add(seen.indexOf(change.id().toString()) + places, order.remove(seen.indexOf(change.id().toString())));
        ended.accept(moved(change, new ReorderPlanChanges("console:" + Ids.next(), null, order, seen)));
    }

    private Notice moved(PlanChange change, ReorderPlanChanges command) {
        try {
            return Reordered.of(scheduled.reorder(signedIn.actor(), change.account(), command));
        } catch (HeadroomException unknown) {
            return TakenBack.unknown(unknown);
        }
    }

    /** The change names the attempt, so that a second press asks how the first one went. */
    private void takeBack(PlanChange change) {
        ended.accept(outcome(change));
    }

    private Notice outcome(PlanChange change) {
        try {
            return TakenBack.of(cancellations.cancel(signedIn.actor(), change.account(), change.id(), "console:take-back:" + change.id()));
        } catch (HeadroomException unknown) {
            return TakenBack.unknown(unknown);
        }
    }
}
