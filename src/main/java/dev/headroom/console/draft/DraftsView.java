package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.ListGrid;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryState;
import dev.headroom.console.When;
import dev.headroom.draft.Draft;
import dev.headroom.draft.Draft.State;
import jakarta.annotation.security.PermitAll;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Versions that are being prepared, and those that were, the newest first. */
@Route(DraftsView.PATH)
@PermitAll
class DraftsView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "drafts";
    private static final String STATE = "state";
    private static final int PAGE = 50;
    private static final int FILE_PAGE = 500;
    private static final List<String> COLUMNS = List.of(
            "id", "kind", "key", "name", "product", "state", "changes", "opened_by", "opened_at", "changed_by", "changed_at");

    private final DraftServices services;
    private final CatalogSnapshot known;
    private final Select<State> state = new Select<>();
    private final ListGrid<Draft> grid = new ListGrid<>(translate("draft.list.title"), PAGE);
    /** A file is written outside the page's own thread, for whoever has opened the page. */
    private final Actor reader;
    private volatile State wanted = State.OPEN;

    DraftsView(DraftServices services) {
        this.services = services;
        this.reader = services.signedIn().actor();
        this.known = services.catalog().snapshot();
        addClassName("filling");
        title(translate("draft.list.title"));
        if (!services.signedIn().may(Permission.CATALOG)) {
            add(new EmptyState(translate("draft.forbidden"), translate("draft.forbidden.why")));
            return;
        }
        state.setLabel(translate("draft.list.state"));
        state.setItems(State.values());
        state.setItemLabelGenerator(DraftsView::word);
        state.setValue(State.OPEN);
        prepareGrid();
        actions(new ListTools(services.signedIn(), PATH, grid), Csv.link(translate("csv.download"), "drafts", COLUMNS, this::write));
        Div list = new Div(state, grid);
        list.addClassName("list");
        add(list);
    }

    private static String word(State state) {
        return switch (state) {
            case OPEN -> translate("draft.open");
            case DISCARDED -> translate("draft.discarded");
            case PUBLISHED -> translate("draft.published");
        };
    }

    private void prepareGrid() {
        grid.addComponentColumn(this::name).setHeader(translate("draft.of.what")).setKey("what").setAutoWidth(true).setFlexGrow(1).setRowHeader(true);
        grid.addColumn(draft -> known.product(draft.subject().product()).name()).setHeader(translate("plan.product")).setKey("product").setAutoWidth(true);
        grid.addComponentColumn(draft -> DraftText.state(draft, known)).setHeader(translate("plan.status")).setKey("status").setAutoWidth(true);
        grid.addColumn(Draft::revision).setHeader(translate("draft.changes")).setKey("changes").setAutoWidth(true);
        grid.addComponentColumn(this::changed).setHeader(translate("draft.changed")).setKey("changed").setAutoWidth(true);
        grid.setEmptyStateComponent(new EmptyState(translate("draft.list.empty"), translate("draft.list.empty.why")));
    }

    private Component name(Draft draft) {
        RouterLink link = new RouterLink(DraftText.name(draft), DraftView.class, new RouteParameters(DraftView.ID, draft.id().toString()));
        Span key = new Span(draft.subject().key());
        key.addClassName("quiet");
        Div name = new Div(link, key);
        name.addClassName("stacked");
        return folded(name, new Span(known.product(draft.subject().product()).name()), DraftText.state(draft, known), changed(draft));
    }

    private Component changed(Draft draft) {
        return new Span(new Text(services.who(draft.changed().by()) + " · "), When.minute(draft.changed().at(), ZoneOffset.UTC));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (!services.signedIn().may(Permission.CATALOG)) {
            return;
        }
        QueryState query = QueryState.of(event.getLocation());
        state.setValue(query.get(STATE).flatMap(DraftsView::state).orElse(State.OPEN));
        state.addValueChangeListener(change -> {
            query.choose(STATE, change.getValue() == State.OPEN ? null : change.getValue().name().toLowerCase(Locale.ROOT));
            show(change.getValue());
        });
        show(state.getValue());
    }

    private static Optional<State> state(String word) {
        return Stream.of(State.values()).filter(each -> each.name().equalsIgnoreCase(word)).findFirst();
    }

    private void show(State wanted) {
        this.wanted = wanted;
        KeysetPages<Draft> pages = new KeysetPages<>(
                (last, size) -> services.drafts().page(services.signedIn().actor(), wanted, last == null ? null : last.id().value(), size), PAGE);
        grid.setItems(query -> pages.slice(query.getOffset(), query.getLimit()).stream());
    }

    private void write(Csv csv) {
        State of = wanted;
        for (List<Draft> page = services.drafts().page(reader, of, null, FILE_PAGE); !page.isEmpty();
                page = services.drafts().page(reader, of, page.getLast().id().value(), FILE_PAGE)) {
            page.forEach(draft -> line(csv, draft));
        }
    }

    private void line(Csv csv, Draft draft) {
        csv.row(
                draft.id(), draft.subject().kind(), draft.subject().key(), draft.sheet().name(), known.product(draft.subject().product()).key(), draft.state(),
                draft.revision(), draft.opened().by(), draft.opened().at(), draft.changed().by(), draft.changed().at());
    }
}
