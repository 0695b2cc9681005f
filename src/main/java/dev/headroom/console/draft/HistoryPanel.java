package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.When;
import dev.headroom.console.diff.DiffText;
import dev.headroom.draft.DraftStep;
import dev.headroom.draft.DraftStep.PartChange;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who changed what, the newest first; read when somebody looks. */
final class HistoryPanel extends Details {

    private static final int PAGE = 20;

    private final BiFunction<@Nullable Integer, Integer, List<DraftStep>> steps;
    private final DiffText words;
    private final UnaryOperator<String> who;
    private final OrderedList list = new OrderedList();
    private final Button older;
    private @Nullable Integer last;

    /**
     * @param steps those below a revision, so many
     * @param who   by the name of an actor
     */
    HistoryPanel(BiFunction<@Nullable Integer, Integer, List<DraftStep>> steps, DiffText words, UnaryOperator<String> who) {
        this.steps = steps;
        this.words = words;
        this.who = who;
        older = new Button(translate("draft.history.older"), click -> more());
        older.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        list.addClassName("timeline");
        setSummaryText(translate("draft.history"));
        add(new Div(list, older));
        addOpenedChangeListener(change -> show());
    }

    void show() {
        list.removeAll();
        last = null;
        if (isOpened()) {
            more();
        }
    }

    private void more() {
        List<DraftStep> read = steps.apply(last, PAGE + 1);
        read.stream().limit(PAGE).map(this::item).forEach(list::add);
        last = read.isEmpty() ? last : read.get(Math.min(read.size(), PAGE) - 1).revision();
        older.setVisible(read.size() > PAGE);
        if (read.isEmpty() && list.getComponentCount() == 0) {
            list.add(new ListItem(translate("draft.history.none")));
        }
    }

    private ListItem item(DraftStep step) {
        String parts = step.changes().stream().map(this::part).distinct().collect(Collectors.joining(", "));
        Span mark = new Span(new Span(who.apply(step.mark().by())), new Span(" · "), When.minute(step.mark().at(), ZoneOffset.UTC));
        mark.addClassName("quiet");
        Div both = new Div(new Span(said(step, parts)), mark);
        both.addClassName("stacked");
        return new ListItem(both);
    }

    private String part(PartChange change) {
        return words.part(change.part(), change.after() == null ? change.before() : change.after());
    }

    private static String said(DraftStep step, String parts) {
        return switch (step.act()) {
            case EDIT -> translate(step.undone() ? "draft.history.undone" : "draft.history.edit", parts);
            case UNDO -> translate("draft.history.undo", parts);
            case REDO -> translate("draft.history.redo", parts);
        };
    }
}
