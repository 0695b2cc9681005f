package dev.headroom.console.usage;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.ListGrid;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryState;
import dev.headroom.console.Sentences;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.error.HeadroomException;
import dev.headroom.usage.UsageHistories;
import dev.headroom.usage.UsageHistories.EventQuery;
import dev.headroom.usage.UsageHistories.RecordedEvent;
import jakarta.annotation.security.PermitAll;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What was recorded, event by event, newest first: one customer's, or everybody's of a few hours. */
@Route(EventsView.PATH)
@PermitAll
class EventsView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "events";
    private static final int PAGE = 50;
    private static final int FILE_PAGE = 5_000;
    private static final List<String> COLUMNS = List.of(
            "at", "account", "feature", "quantity", "id", "late", "counted_in_next_period", "recorded_at", "properties");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final SignedIn signedIn;
    private final UsageHistories histories;
    private final Accounts accounts;
    private final Catalog catalog;
    private final InstantSource clock;
    private final Span line = new Span();
    private final Div bar = new Div();
    private final ListGrid<RecordedEvent> grid = new ListGrid<>(translate("log.title"), PAGE);
    /** A file is written outside the page's own thread, for whoever has opened the page. */
    private final Actor reader;
    private volatile @Nullable EventQuery query;
    private ZoneId zone = ZoneId.of("UTC");

    EventsView(SignedIn signedIn, UsageHistories histories, Accounts accounts, Catalog catalog, InstantSource clock) {
        this.signedIn = signedIn;
        this.reader = signedIn.actor();
        this.histories = histories;
        this.accounts = accounts;
        this.catalog = catalog;
        this.clock = clock;
        addClassName("filling");
        line.addClassName("quiet");
        title(translate("log.title"), line);
        prepareGrid();
        Div list = new Div(bar, grid);
        list.addClassName("list");
        add(list);
        actions(new ListTools(signedIn, PATH, grid), Csv.link(translate("csv.download"), "events", COLUMNS, this::write));
    }

    /** The address of one account's events. */
    static String of(String account) {
        return PATH + "?" + EventFilters.ACCOUNT + "=" + account;
    }

    private void prepareGrid() {
        grid.addComponentColumn(this::at).setHeader(translate("log.at")).setKey("at").setAutoWidth(true).setRowHeader(true);
        grid.addComponentColumn(this::account).setHeader(translate("account.name")).setKey("account").setAutoWidth(true);
        grid.addColumn(this::feature).setHeader(translate("feature.name")).setKey("feature").setAutoWidth(true);
        grid.addColumn(event -> Figures.number(event.quantity())).setHeader(translate("log.quantity")).setKey("quantity").setAutoWidth(true)
                .setTextAlign(ColumnTextAlign.END);
        grid.addColumn(RecordedEvent::id).setHeader(translate("log.id")).setKey("id").setWidth("11rem").setFlexGrow(1);
        grid.addComponentColumn(EventsView::properties).setHeader(translate("log.properties")).setKey("properties").setWidth("12rem").setFlexGrow(2);
        grid.addColumn(EventsView::remark).setHeader(translate("log.remark")).setKey("remark").setAutoWidth(true);
        grid.setEmptyStateComponent(new EmptyState(translate("log.none"), translate("log.none.why")));
    }

    private Component at(RecordedEvent event) {
        return folded(
                When.second(event.at(), zone), new Span(of(event).name()), new Span(translate("log.brief", feature(event), Figures.number(event.quantity()))),
                new Span(event.id()), new Span(remark(event)));
    }

    private Component account(RecordedEvent event) {
        Account account = of(event);
        return new Anchor("accounts/" + account.key(), account.name());
    }

    private Account of(RecordedEvent event) {
        return accounts.byId(signedIn.actor(), event.account());
    }

    private String feature(RecordedEvent event) {
        return catalog.snapshot().feature(event.feature()).name();
    }

    private static Component properties(RecordedEvent event) {
        return new Code(json(event));
    }

    private static String json(RecordedEvent event) {
        return event.properties() == null ? "" : JSON.writeValueAsString(event.properties());
    }

    private static String remark(RecordedEvent event) {
        if (event.moved()) {
            return translate("log.moved");
        }
        return event.late() ? translate("log.late") : "";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        EventFilters filters = new EventFilters(signedIn.actor(), accounts, catalog, QueryState.of(event.getLocation()), clock.instant(), this::show);
        bar.removeAll();
        bar.add(filters);
        show(filters);
    }

    private void show(EventFilters filters) {
        zone = filters.zone();
        line.setText(translate("log.zone", zone.getId()));
        query = null;
        try {
            filters.query(clock.instant()).ifPresent(wanted -> {
                histories.events(signedIn.actor(), wanted, null, 1);
                query = wanted;
            });
        } catch (HeadroomException refused) {
            filters.refuse(Sentences.of(refused.getMessage()));
        }
        KeysetPages<RecordedEvent> pages = new KeysetPages<>((last, size) -> after(signedIn.actor(), last, size), PAGE);
        grid.setItems(shown -> pages.slice(shown.getOffset(), shown.getLimit()).stream());
    }

    private List<RecordedEvent> after(Actor actor, @Nullable RecordedEvent last, int size) {
        return Optional.ofNullable(query).map(wanted -> histories.events(actor, wanted, last == null ? null : last.mark(), size)).orElse(List.of());
    }

    private void write(Csv csv) {
        for (List<RecordedEvent> page = after(reader, null, FILE_PAGE); !page.isEmpty(); page = after(reader, page.getLast(), FILE_PAGE)) {
            page.forEach(event -> csv.row(
                    event.at(), accounts.byId(reader, event.account()).key(), catalog.snapshot().feature(event.feature()).key(), event.quantity(), event.id(), event.late(), event.moved(),
                    event.recordedAt(), json(event)));
        }
    }
}
