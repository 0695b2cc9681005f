package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.catalog.Plan;
import dev.headroom.console.Ago;
import dev.headroom.console.QueryState;
import dev.headroom.console.Section;
import dev.headroom.console.Watch;
import dev.headroom.console.change.Notice;
import dev.headroom.console.diff.DiffText;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftEdits.DraftChanged;
import dev.headroom.draft.DraftEdits.DraftEdited;
import dev.headroom.draft.DraftEdits.EditDraftResult;
import dev.headroom.draft.DraftEdits.NothingToRedo;
import dev.headroom.draft.DraftEdits.NothingToUndo;
import dev.headroom.draft.Drafts.DraftIsPlanned;
import dev.headroom.draft.Drafts.DraftNotOpen;
import dev.headroom.sheet.Finding;
import java.util.List;
import java.util.function.Consumer;

/** A draft as it is written: its fields on one side, and on the other what they change and what is wrong. Every change is saved as it is made. */
@StyleSheet("drafts.css")
final class DraftEditor extends Div {

    private static final int LOOK_MILLIS = 5_000;

    private final DraftServices services;
    private final Editing editing;
    private final Runnable closed;
    private final Consumer<Shown> shown;
    private final Fields fields;
    private final PlanFields plan;
    private final PricesPanel prices;
    private final EntitlementsPanel entitlements;
    private final Div changes = new Div();
    private final FindingsPanel findings;
    private final HistoryPanel history;
    private final ConflictPanel conflicts;
    private final BuyersSection buyers;
    private final Div moved = new Div();
    private final Span saved = new Span();
    /** Beside what is read aloud, for nobody wants to hear the seconds pass. */
    private final Span ago = new Span();
    private Draft last;

    /** What is there to see now, for whoever surrounds it. */
    record Shown(Draft draft, boolean ready) {}

    /**
     * @param state  what is chosen on the page
     * @param shown  told of whatever is shown
     * @param closed told when it cannot be edited any more
     */
    DraftEditor(DraftServices services, Draft draft, QueryState state, Consumer<Shown> shown, Runnable closed) {
        this.services = services;
        this.shown = shown;
        this.last = draft;
        this.closed = closed;
        this.editing = new Editing(services.signedIn(), services.drafts(), services.edits(), draft, this::take);
        this.fields = new Fields(editing::edit);
        boolean tier = draft.subject().kind() == Plan.Kind.TIER;
        plan = new PlanFields(fields);
        prices = new PricesPanel(fields, tier);
        entitlements = new EntitlementsPanel(fields, services.catalog().snapshot().featuresOf(draft.subject().product()), tier);
        findings = new FindingsPanel(fields);
        history = new HistoryPanel(
                (before, most) -> services.drafts().history(services.signedIn().actor(), draft.id(), before, most),
                new DiffText(services.catalog().snapshot(), draft.subject().kind()), services::who);
        conflicts = new ConflictPanel(services.catalog().snapshot(), services::who, editing::edit);
        buyers = new BuyersSection(services, draft, state);
        saved.addClassName("quiet");
        ago.addClassName("quiet");
        saved.getElement().setAttribute("role", "status");
        moved.addClassName("news");
        add(conflicts, moved, sides(), new Section(translate("buyers.tab"), buyers));
        UndoKeys.listen(this, editing::undo, editing::redo);
        Watch.over(this, LOOK_MILLIS, services.clock(), this::look);
        show(draft);
    }

    private Component sides() {
        Div form = new Div(
                new Section(translate("draft.section.plan"), plan), new Section(translate("draft.section.prices"), prices),
                new Section(translate("draft.section.entitlements"), entitlements));
        Aside aside = new Aside(
                new Section(translate("finding.title"), findings), new Section(translate("diff.title"), changes), history);
        Div sides = new Div(form, aside);
        sides.addClassName("editor");
        return sides;
    }

    /** Says what was saved, and is read aloud. */
    Span saved() {
        return saved;
    }

    Span ago() {
        return ago;
    }

    Editing editing() {
        return editing;
    }

    private void take(EditDraftResult result) {
        switch (result) {
            case DraftEdited(var draft) -> {
                saved.setText(translate("draft.saved", draft.revision()));
                show(draft);
            }
            case DraftChanged(var draft, var parts) -> {
                saved.setText(translate("draft.unsaved.conflict"));
                show(draft);
                conflicts.show(draft, parts);
            }
            case NothingToUndo(var draft) -> say(draft, translate("draft.undo.nothing"));
            case NothingToRedo(var draft) -> say(draft, translate("draft.redo.nothing"));
            case DraftIsPlanned _ -> closed.run();
            case DraftNotOpen _ -> closed.run();
        }
    }

    private void say(Draft draft, String what) {
        saved.setText(what);
        show(draft);
    }

    private void show(Draft draft) {
        moved.removeAll();
        last = draft;
        sayWhen();
        fields.show(() -> {
            plan.show(draft.sheet());
            prices.show(draft.sheet().prices());
            entitlements.show(draft.sheet().entitlements());
        });
        List<Finding> found = services.drafts().findings(services.signedIn().actor(), draft);
        fields.mark(found);
        findings.show(found);
        changes.removeAll();
        changes.add(services.diff(draft));
        history.show();
        buyers.show(draft);
        shown.accept(new Shown(draft, found.stream().noneMatch(Finding::blocks)));
    }

    private void sayWhen() {
        ago.setText(last.revision() == 0 ? "" : translate("draft.saved.ago", Ago.text(last.changed().at(), services.clock().instant())));
    }

    /** Others are not shown into the fields before somebody asks for it, for one may be typing; what collides is told when it is saved. */
    private void look() {
        sayWhen();
        if (moved.getComponentCount() == 0 && editing.outdated()) {
            Notice notice = new Notice(Notice.Kind.INFO, translate("draft.moved"), translate("draft.moved.meaning"));
            notice.say(new Button(translate("draft.moved.show"), click -> closed.run()));
            moved.add(notice);
        }
    }
}
