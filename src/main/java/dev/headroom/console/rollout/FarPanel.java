package dev.headroom.console.rollout;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Element;
import dev.headroom.actor.Actor;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.Watch;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.Rollout.Revenue;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;

/** How far a roll-out is, as a bar and in words, and what it has brought; looked at again every second while it runs. */
final class FarPanel extends Div {

    private static final int LOOK_MILLIS = 1_000;

    private final RolloutServices services;
    private final Element bar = new Element("progress");
    private final Paragraph said = new Paragraph();
    private final Div table = new Div();
    private Rollout rollout;
    private Counts counts;

    /** @param moved told when something is another way than it was */
    FarPanel(RolloutServices services, InstantSource clock, Rollout rollout, Counts counts, BiConsumer<Rollout, Counts> moved) {
        this.services = services;
        this.rollout = rollout;
        this.counts = counts;
        addClassName("progress");
        bar.setAttribute("aria-label", translate("rollout.far"));
        getElement().appendChild(bar);
        add(said, table);
        show();
        if (mayMove()) {
            Watch.over(this, LOOK_MILLIS, clock, () -> look(moved));
        }
    }

    /** Whether anything of it becomes another way by itself. */
    private boolean mayMove() {
        return counts.over() < counts.total() || rollout.state() == Rollout.State.SCHEDULED || rollout.state() == Rollout.State.RUNNING;
    }

    private void look(BiConsumer<Rollout, Counts> moved) {
        Rollout now = services.rollouts().byId(services.signedIn().actor(), rollout.id());
        Counts by = services.counts(now);
        if (!by.equals(counts) || now.state() != rollout.state()) {
            rollout = now;
            counts = by;
            show();
            moved.accept(now, by);
        }
    }

    private void show() {
        bar.setVisible(counts.total() > 0);
        bar.setAttribute("max", String.valueOf(Math.max(1, counts.total())));
        bar.setAttribute("value", String.valueOf(counts.over()));
        said.setText(said());
        table.removeAll();
        if (counts.total() > 0) {
            table.add(numbers(), revenue());
        }
    }

    private String said() {
        if (counts.total() == 0) {
            return meaning();
        }
        String done = translate("rollout.far.of", Figures.number(counts.over()), Figures.number(counts.total()));
        return translate("rollout.far.said", done, meaning());
    }

    private String meaning() {
        return switch (rollout.state()) {
            case SCHEDULED -> translate("rollout.meaning.scheduled");
            case RUNNING -> counts.waiting() + counts.moving() > 0 ? translate("rollout.meaning.running") : translate("rollout.meaning.waiting");
            case PAUSED -> translate("rollout.meaning.paused");
            case STOPPED -> translate("rollout.meaning.stopped");
            case DONE -> translate("rollout.meaning.done");
            case CANCELED -> translate("rollout.meaning.canceled");
            case FAILED -> translate("rollout.meaning.failed");
        };
    }

    private DataTable numbers() {
        DataTable numbers = new DataTable(
                translate("rollout.far"), translate("rollout.total"), translate("rollout.move.moved"), translate("rollout.move.skipped"), translate("rollout.move.failed"),
                translate("rollout.move.scheduled"), translate("rollout.move.notified"), translate("rollout.move.moving"), translate("rollout.move.waiting"),
                translate("rollout.told"));
        return numbers.row(
                Figures.number(counts.total()), Figures.number(counts.moved()), Figures.number(counts.skipped()), Figures.number(counts.failed()),
                Figures.number(counts.scheduled()), Figures.number(counts.notified()), Figures.number(counts.moving()), Figures.number(counts.waiting()),
                Figures.number(counts.told()));
    }

    private Paragraph revenue() {
        Actor reader = services.signedIn().actor();
        List<String> each = services.rollouts().revenue(reader, rollout.id()).stream().map(FarPanel::said).toList();
        Paragraph revenue = new Paragraph(String.join(" · ", each));
        revenue.setVisible(!each.isEmpty());
        return revenue;
    }

    private static String said(Revenue of) {
        return translate("rollout.revenue", of.moved(), Figures.money(of.before()), Figures.money(of.after()), Figures.signed(of.after().minus(of.before())));
    }
}
