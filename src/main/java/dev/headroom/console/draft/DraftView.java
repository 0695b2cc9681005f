package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryState;
import dev.headroom.console.Section;
import dev.headroom.console.Toast;
import dev.headroom.console.When;
import dev.headroom.console.change.Notice;
import dev.headroom.console.diff.DiffText;
import dev.headroom.console.publish.PublishedPanels;
import dev.headroom.console.publish.Publishing;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftId;
import dev.headroom.draft.Drafts.Candidate;
import dev.headroom.draft.Drafts.CandidateHasFindings;
import dev.headroom.draft.Drafts.DraftAlreadyOpen;
import dev.headroom.draft.Drafts.DraftDiscarded;
import dev.headroom.draft.Drafts.DraftIsPlanned;
import dev.headroom.draft.Drafts.DraftNotOpen;
import dev.headroom.draft.Drafts.DraftRestored;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One draft: written while it is open, and looked at for ever. */
@Route(DraftsView.PATH + "/:" + DraftView.ID)
@PermitAll
class DraftView extends ConsolePage implements BeforeEnterObserver {

    static final String ID = "draft";
    private static final String PUBLISH = "publish";

    private final DraftServices services;
    private final Publishing publishing;
    private final PublishedPanels published;
    private final Div content = new Div();
    private DraftId id = new DraftId(Ids.next());
    private @Nullable QueryState state;

    DraftView(DraftServices services, Publishing publishing, PublishedPanels published) {
        this.services = services;
        this.publishing = publishing;
        this.published = published;
        above(translate("draft.list.title"), DraftsView.class);
        add(content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        state = QueryState.of(event.getLocation());
        if (!services.signedIn().may(Permission.CATALOG)) {
            title(translate("draft.title"));
            content.add(new EmptyState(translate("draft.forbidden"), translate("draft.forbidden.why")));
            return;
        }
        event.getRouteParameters().get(ID).flatMap(Ids::parse).map(DraftId::new).flatMap(this::find)
                .ifPresentOrElse(this::show, () -> event.rerouteToError(NotFoundException.class));
    }

    private Optional<Draft> find(DraftId wanted) {
        try {
            return Optional.of(services.drafts().byId(services.signedIn().actor(), wanted));
        } catch (HeadroomException none) {
            if (none.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw none;
        }
    }

    private void reload() {
        show(services.drafts().byId(services.signedIn().actor(), id));
    }

    private void show(Draft draft) {
        id = draft.id();
        content.removeAll();
        switch (draft.state()) {
            case OPEN -> Optional.ofNullable(draft.plannedAt()).ifPresentOrElse(at -> planned(draft, at), () -> edit(draft));
            case DISCARDED -> discarded(draft);
            case PUBLISHED -> published(draft);
        }
    }

    private void edit(Draft draft) {
        Span said = new Span();
        Button impact = new Button(translate("draft.impact"), VaadinIcon.CHART.create(), click -> impact());
        DraftEditor[] editor = new DraftEditor[1];
        Button undo = act(VaadinIcon.ARROW_BACKWARD, translate("draft.undo"), () -> editor[0].editing().undo());
        Button redo = act(VaadinIcon.ARROW_FORWARD, translate("draft.redo"), () -> editor[0].editing().redo());
        Button discard = new Button(translate("draft.discard"), click -> discard());
        Button publish = publishing.button(id, this::reload);
        publish.setVisible(publishing.allowed());
        editor[0] = new DraftEditor(services, draft, Objects.requireNonNull(state), now -> head(now, said, impact, publish), this::reload);
        said.add(editor[0].saved(), new Text(" "), editor[0].ago());
        content.add(published.of(draft, this::reload), editor[0]);
        actions(undo, redo, discard, impact, publish);
        begins(PUBLISH, () -> {
            if (publish.isVisible() && publish.isEnabled()) {
                publish.click();
            }
        });
    }

    private static Button act(VaadinIcon icon, String name, Runnable act) {
        Button button = new Button(icon.create(), click -> act.run());
        button.setAriaLabel(name);
        button.setTooltipText(name);
        return button;
    }

    private void head(DraftEditor.Shown now, Component saved, Button impact, Button publish) {
        CatalogSnapshot known = services.catalog().snapshot();
        boolean sold = now.draft().plan(known).isPresent();
        impact.setEnabled(sold && now.ready());
        impact.setTooltipText(sold ? now.ready() ? translate("draft.impact.hint") : translate("draft.impact.blocked") : translate("draft.impact.nobody"));
        publish.setEnabled(now.ready());
        publish.setTooltipText(now.ready() ? "" : translate("draft.impact.blocked"));
        title(now.draft(), known, saved);
    }

    private void title(Draft draft, CatalogSnapshot known, Component... more) {
        Span line = new Span(translate(
                "plan.line", known.product(draft.subject().product()).name(), draft.subject().key(), DraftText.number(draft, known)));
        line.addClassName("quiet");
        services.drafts().account(services.signedIn().actor(), draft)
                .ifPresent(account -> line.add(new Text(" · "), new Anchor("accounts/" + account.key(), translate("ownprice.of", account.name()))));
        Div rest = new Div(more);
        title(translate("draft.of", DraftText.name(draft)), DraftText.state(draft, known), line, rest);
    }

    /** Begins to look, and goes where one can watch it. */
    private void impact() {
        switch (services.drafts().candidate(services.signedIn().actor(), id)) {
            case Candidate(var _, var _, var version) -> UI.getCurrent().navigate(
                    "impacts/" + services.impacts().start(services.signedIn().actor(), Ids.next().toString(), version).id());
            case CandidateHasFindings _ -> reload();
            case DraftNotOpen _ -> reload();
        }
    }

    private void discard() {
        switch (services.drafts().discard(services.signedIn().actor(), id)) {
            case DraftDiscarded(var draft) -> {
                show(draft);
                Toast.undoable(translate("draft.discard.done", DraftText.name(draft)), translate("draft.discard.undo"), this::restore);
            }
            case DraftIsPlanned(var draft) -> show(draft);
            case DraftNotOpen(var draft) -> show(draft);
        }
    }

    private void restore() {
        switch (services.drafts().restore(services.signedIn().actor(), id)) {
            case DraftRestored(var draft) -> show(draft);
            case DraftAlreadyOpen(var other) -> {
                reload();
                Notice notice = new Notice(Notice.Kind.ERROR, translate("draft.restore.other"), translate("draft.restore.other.why"));
                notice.say(new Anchor(DraftsView.PATH + "/" + other.id(), translate("draft.restore.other.open")));
                content.addComponentAsFirst(notice);
            }
            case DraftNotOpen(var draft) -> show(draft);
        }
    }

    private void discarded(Draft draft) {
        Button back = new Button(translate("draft.restore"), click -> restore());
        back.addThemeVariants(ButtonVariant.PRIMARY);
        Notice notice = new Notice(Notice.Kind.INFO, translate("draft.discarded"), translate("draft.discarded.meaning"));
        closed(draft, notice);
        actions(back);
    }

    /** As it was looked at; whoever finds a mistake has the date taken back. */
    private void planned(Draft draft, Instant at) {
        closed(draft, new Notice(Notice.Kind.INFO, translate("draft.planned", When.minuteText(at, ZoneOffset.UTC)), translate("draft.planned.why")));
        content.addComponentAtIndex(1, published.of(draft, this::reload));
        actions();
    }

    private void published(Draft draft) {
        Notice notice = new Notice(Notice.Kind.SUCCESS, translate("draft.published"), translate("draft.published.meaning"));
        notice.say(new Anchor(DraftText.place(draft, services.catalog().snapshot()), translate("draft.published.open", DraftText.name(draft))));
        closed(draft, notice);
        content.addComponentAtIndex(1, published.of(draft, this::reload));
        actions();
    }

    private void closed(Draft draft, Notice why) {
        CatalogSnapshot known = services.catalog().snapshot();
        title(draft, known);
        HistoryPanel history = new HistoryPanel(
                (before, most) -> services.drafts().history(services.signedIn().actor(), id, before, most), new DiffText(known, draft.subject().kind()), services::who);
        content.add(why, new Section(translate("diff.title"), services.diff(draft)), history);
    }
}
