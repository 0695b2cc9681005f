package dev.headroom.console.connection;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.ListGrid;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryState;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.delivery.WebhookDeliveries;
import dev.headroom.delivery.WebhookDelivery;
import dev.headroom.delivery.WebhookDelivery.DeliveryFilter;
import dev.headroom.delivery.WebhookDelivery.DeliveryState;
import dev.headroom.delivery.WebhookEndpoint;
import dev.headroom.delivery.WebhookEndpoint.EventKind;
import dev.headroom.delivery.WebhookEndpoints;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was sent where, what was answered, and when it is sent again, the newest event first. */
@Route(DeliveriesView.PATH)
@RolesAllowed("OWNER")
class DeliveriesView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = EndpointsView.PATH + "/deliveries";
    private static final String ENDPOINT = "endpoint";
    private static final String STATE = "state";
    private static final String EVENT = "event";
    private static final int PAGE = 50;
    private static final int FILE_PAGE = 1_000;
    private static final List<String> COLUMNS = List.of(
            "event", "type", "happened_at", "endpoint", "url", "state", "tries", "next_try_at", "tried_at", "status", "milliseconds", "failure");

    private final WebhookDeliveries deliveries;
    private final WebhookEndpoints endpoints;
    private final SignedIn signedIn;
    /** A file is written outside the page's own thread, for whoever has opened the page. */
    private final Actor reader;
    private final Select<WebhookEndpoint> endpoint = new Select<>();
    private final Select<DeliveryState> state = new Select<>();
    private final Select<EventKind> kind = new Select<>();
    private final ListGrid<WebhookDelivery> grid = new ListGrid<>(translate("delivery.title"), PAGE);
    private final List<Choice<?>> choices = new ArrayList<>();
    /** Whether what is chosen is being brought from the address, and not the other way. */
    private boolean following;
    private QueryState query = QueryState.of(new Location(PATH));
    private volatile DeliveryFilter wanted = new DeliveryFilter(null, null, null);

    DeliveriesView(WebhookDeliveries deliveries, WebhookEndpoints endpoints, SignedIn signedIn) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.signedIn = signedIn;
        this.reader = signedIn.actor();
        addClassName("filling");
        title(translate("delivery.title"));
        above(translate("endpoint.title"), EndpointsView.class);
        choice(endpoint, translate("delivery.endpoint"), translate("delivery.endpoint.all"), endpoints.all(reader), WebhookEndpoint::url);
        choice(state, translate("delivery.state"), translate("filter.states.all"), List.of(DeliveryState.values()), Words::of);
        choice(kind, translate("delivery.event"), translate("delivery.event.all"), List.of(EventKind.values()), Words::of);
        choosing(ENDPOINT, endpoint, each -> each.id().toString());
        choosing(STATE, state, each -> each.name().toLowerCase(Locale.ROOT));
        choosing(EVENT, kind, each -> each.name().toLowerCase(Locale.ROOT));
        prepareGrid();
        Div toolbar = new Div(endpoint, state, kind);
        toolbar.addClassName("toolbar");
        Div list = new Div(toolbar, grid);
        list.addClassName("list");
        add(list);
        actions(new ListTools(signedIn, "deliveries", grid), Csv.link(translate("csv.download"), "deliveries", COLUMNS, this::write));
    }

    /** The address that shows what was sent to one endpoint. */
    static String of(UUID endpoint) {
        return new Location(PATH, QueryParameters.of(ENDPOINT, endpoint.toString())).getPathWithQueryParameters();
    }

    private static <T> void choice(Select<T> select, String label, String all, List<T> items, Function<T, String> word) {
        select.setLabel(label);
        select.setItems(items);
        select.setItemLabelGenerator(each -> each == null ? all : word.apply(each));
        select.setEmptySelectionAllowed(true);
        select.setEmptySelectionCaption(all);
    }

    private void prepareGrid() {
        grid.addComponentColumn(DeliveriesView::what).setHeader(translate("delivery.event")).setKey("event").setWidth("13rem").setFlexGrow(1).setRowHeader(true);
        grid.addColumn(WebhookDelivery::url).setHeader(translate("delivery.endpoint")).setKey("endpoint").setWidth("8rem").setFlexGrow(1).setTooltipGenerator(WebhookDelivery::url);
        grid.addComponentColumn(each -> badge(each.state())).setHeader(translate("delivery.state")).setKey("state").setWidth("7.5rem").setFlexGrow(0);
        grid.addColumn(DeliveriesView::answer).setHeader(translate("delivery.answer")).setKey("answer").setWidth("8rem").setFlexGrow(1).setTooltipGenerator(DeliveriesView::whole);
        grid.addColumn(each -> Figures.number(each.tries())).setHeader(translate("delivery.tries")).setKey("tries").setWidth("4rem").setFlexGrow(0);
        grid.addComponentColumn(each -> at(each.dueAt())).setHeader(translate("delivery.due")).setKey("due").setWidth("11.5rem").setFlexGrow(0);
        grid.addComponentColumn(this::again).setHeader(translate("endpoint.acts")).setKey("acts").setWidth("7.5rem").setFlexGrow(0);
        grid.setEmptyStateComponent(new EmptyState(translate("delivery.none"), translate("delivery.none.why")));
    }

    private static Component what(WebhookDelivery delivery) {
        return folded(new Div(new Span(Words.of(delivery.kind())), quiet(When.minuteText(delivery.at(), ZoneOffset.UTC))), badge(delivery.state()), new Span(answer(delivery)), new Span(delivery.url()));
    }

    private static Span quiet(String text) {
        Span quiet = new Span(" " + text);
        quiet.addClassName("quiet");
        return quiet;
    }

    private static Badge badge(DeliveryState state) {
        Badge badge = new Badge(Words.of(state));
        switch (state) {
            case WAITING -> { }
            case DELIVERED -> badge.addThemeVariants(BadgeVariant.SUCCESS);
            case GIVEN_UP -> badge.addThemeVariants(BadgeVariant.ERROR);
        }
        return badge;
    }

    private static String answer(WebhookDelivery delivery) {
        if (delivery.status() == null) {
            return delivery.failure() == null ? translate("delivery.answer.none") : delivery.failure();
        }
        return delivery.millis() == null ? String.valueOf(delivery.status()) : translate("delivery.answer.in", delivery.status(), Figures.number(delivery.millis()));
    }

    /** With when that was. */
    private static String whole(WebhookDelivery delivery) {
        return delivery.triedAt() == null ? answer(delivery) : answer(delivery) + " · " + translate("delivery.tried", When.minuteText(delivery.triedAt(), ZoneOffset.UTC));
    }

    private static Component at(@Nullable Instant at) {
        return at == null ? new Span("–") : When.second(at, ZoneOffset.UTC);
    }

    private Component again(WebhookDelivery delivery) {
        Button again = new Button(translate("delivery.again"), click -> {
            deliveries.resend(signedIn.actor(), delivery.event(), delivery.endpoint());
            Notification.show(translate("delivery.again.done", delivery.url()));
            show();
        });
        again.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        again.setAriaLabel(translate("delivery.again.of", Words.of(delivery.kind()), When.minuteText(delivery.at(), ZoneOffset.UTC), delivery.url()));
        boolean there = endpoint.getListDataView().getItems().anyMatch(each -> each.id().equals(delivery.endpoint()));
        again.setVisible(there);
        return again;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        query = QueryState.of(event.getLocation());
        following = true;
        choices.forEach(each -> each.follow(query));
        following = false;
        show();
    }

    /** What is chosen stands in the address, and is chosen where it does. */
    private <T> void choosing(String name, Select<T> select, Function<T, String> word) {
        choices.add(new Choice<>(name, select, word));
        select.addValueChangeListener(change -> {
            if (!following) {
                query.choose(name, change.getValue() == null ? null : word.apply(change.getValue()));
                show();
            }
        });
    }

    private record Choice<T>(String name, Select<T> select, Function<T, String> word) {

        void follow(QueryState query) {
            select.setValue(query.get(name).flatMap(said -> select.getListDataView().getItems().filter(each -> word.apply(each).equals(said)).findFirst()).orElse(null));
        }
    }

    private void show() {
        DeliveryFilter now = new DeliveryFilter(endpoint.getValue() == null ? null : endpoint.getValue().id(), state.getValue(), kind.getValue());
        wanted = now;
        KeysetPages<WebhookDelivery> pages = new KeysetPages<>((last, size) -> deliveries.page(signedIn.actor(), now, last, size), PAGE);
        grid.setItems(query -> pages.slice(query.getOffset(), query.getLimit()).stream());
    }

    private void write(Csv csv) {
        DeliveryFilter of = wanted;
        for (List<WebhookDelivery> page = deliveries.page(reader, of, null, FILE_PAGE); !page.isEmpty(); page = deliveries.page(reader, of, page.getLast(), FILE_PAGE)) {
            page.forEach(each -> csv.row(
                    each.event(), each.kind().type(), each.at(), each.endpoint(), each.url(), each.state(), each.tries(), each.dueAt(), each.triedAt(), each.status(), each.millis(),
                    each.failure()));
        }
    }
}
