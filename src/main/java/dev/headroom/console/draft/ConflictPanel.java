package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.When;
import dev.headroom.console.change.Notice;
import dev.headroom.console.diff.DiffPanel;
import dev.headroom.console.diff.DiffText;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftEdit;
import dev.headroom.draft.DraftEdits.ChangedPart;
import dev.headroom.sheet.VersionDiff;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What somebody else has made of a part meanwhile, beside what one wanted to make of it: nothing was written, and one of both is to be taken. */
public final class ConflictPanel extends Div {

    private final CatalogSnapshot known;
    private final UnaryOperator<String> who;
    private final Consumer<DraftEdit> mine;

    /** @param mine puts what one wanted in the place of what is there */
    public ConflictPanel(CatalogSnapshot known, UnaryOperator<String> who, Consumer<DraftEdit> mine) {
        this.known = known;
        this.who = who;
        this.mine = mine;
        addClassName("news");
    }

    public void show(Draft draft, List<ChangedPart> parts) {
        parts.forEach(part -> add(conflict(draft, part)));
        getChildren().findFirst().ifPresent(Notice::focus);
    }

    private Notice conflict(Draft draft, ChangedPart changed) {
        String what = new DiffText(known, draft.subject().kind()).part(changed.part(), changed.current() == null ? changed.wanted() : changed.current());
        Notice notice = new Notice(
                Notice.Kind.ERROR, translate("conflict.title", what),
                translate("conflict.meaning", who.apply(changed.changed().by()), When.minuteText(changed.changed().at(), ZoneOffset.UTC)));
        Button take = new Button(translate("conflict.take"), click -> remove(notice));
        take.setAriaLabel(translate("conflict.take.of", what));
        Button keep = new Button(translate("conflict.keep"), click -> {
            remove(notice);
            mine.accept(new DraftEdit(changed.part(), changed.wanted()));
        });
        keep.setAriaLabel(translate("conflict.keep.of", what));
        keep.addThemeVariants(ButtonVariant.PRIMARY);
        Div acts = new Div(keep, take);
        acts.addClassName("acts");
        notice.say(difference(draft, changed), acts);
        return notice;
    }

    private Component difference(Draft draft, ChangedPart changed) {
        VersionDiff diff = VersionDiff.of(draft.sheet(), changed.part().put(draft.sheet(), changed.wanted()));
        if (changed.wanted() == null || changed.current() == null) {
            Div gone = new Div(new UnorderedList(new ListItem(translate(changed.current() == null ? "conflict.theirs.gone" : "conflict.yours.gone"))));
            gone.add(DiffPanel.between(translate("conflict.theirs"), translate("conflict.yours"), diff, known, draft.subject().kind()));
            return gone;
        }
        return DiffPanel.between(translate("conflict.theirs"), translate("conflict.yours"), diff, known, draft.subject().kind());
    }
}
