package dev.headroom.console.connection;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.delivery.WebhookEndpoint;
import dev.headroom.delivery.WebhookEndpoint.EventKind;
import dev.headroom.delivery.WebhookDeliveries;
import dev.headroom.delivery.WebhookEndpoints;
import dev.headroom.delivery.WebhookTests;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Which of the vendor's systems are told of what happens, and how they know that it is Headroom who tells them. */
@Route(EndpointsView.PATH)
@RolesAllowed("OWNER")
class EndpointsView extends ConsolePage {

    static final String PATH = "endpoints";
    static final String ADD = "add";
    private static final List<String> COLUMNS = List.of("id", "url", "description", "events", "created_at", "former_secret_until", "paused_at");

    private final WebhookEndpoints endpoints;
    private final WebhookDeliveries deliveries;
    private final SignedIn signedIn;
    private final Div list = new Div();
    private final EndpointDialogs dialogs;

    EndpointsView(WebhookEndpoints endpoints, WebhookDeliveries deliveries, WebhookTests tests, SignedIn signedIn) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.signedIn = signedIn;
        this.dialogs = new EndpointDialogs(endpoints, tests, signedIn, this::show);
        title(translate("endpoint.title"));
        Button add = new Button(translate("endpoint.add"), click -> dialogs.add());
        add.addThemeVariants(ButtonVariant.PRIMARY);
        Actor reader = signedIn.actor();
        actions(new RouterLink(translate("endpoint.deliveries"), DeliveriesView.class), Csv.link(translate("csv.download"), PATH, COLUMNS, csv -> endpoints.all(reader).forEach(
                each -> csv.row(each.id(), each.url(), each.description(), types(each), each.createdAt(), each.formerUntil(), each.pausedAt()))), add);
        begins(ADD, dialogs::add);
        list.addClassNames("list", "wrapping");
        add(list);
        show();
    }

    private static String types(WebhookEndpoint endpoint) {
        return endpoint.events().stream().map(EventKind::type).collect(Collectors.joining(" "));
    }

    private void show() {
        List<WebhookEndpoint> all = endpoints.all(signedIn.actor());
        list.removeAll();
        if (all.isEmpty()) {
            list.add(new EmptyState(translate("endpoint.none"), translate("endpoint.none.why")));
            return;
        }
        DataTable table = new DataTable(translate("endpoint.title"), translate("endpoint.url"), translate("endpoint.events"), translate("endpoint.state"), translate("endpoint.since"), translate("endpoint.acts"));
        Map<UUID, Integer> waiting = deliveries.waiting(signedIn.actor(), all.stream().map(WebhookEndpoint::id).toList());
        all.forEach(each -> table.row(name(each), events(each), state(each, waiting.getOrDefault(each.id(), 0)), since(each), acts(each)));
        list.add(table);
    }

    private static Component name(WebhookEndpoint endpoint) {
        Span about = new Span(endpoint.description());
        about.addClassName("quiet");
        return stacked(new Anchor(DeliveriesView.of(endpoint.id()), endpoint.url()), about);
    }

    private static Component events(WebhookEndpoint endpoint) {
        return stacked(endpoint.events().stream().map(each -> new Span(Words.of(each))).toArray(Component[]::new));
    }

    /** What waits while nothing is sent is told, for it is given up one day. */
    private static Component state(WebhookEndpoint endpoint, int waiting) {
        Badge badge = new Badge(translate(endpoint.pausedAt() == null ? "endpoint.told" : "endpoint.paused"));
        badge.addThemeVariants(endpoint.pausedAt() == null ? BadgeVariant.SUCCESS : BadgeVariant.WARNING);
        Div state = stacked(badge);
        if (endpoint.pausedAt() != null) {
            state.add(quiet(translate("endpoint.paused.since", When.minuteText(endpoint.pausedAt(), ZoneOffset.UTC))));
        }
        if (waiting > 0) {
            state.add(quiet(translate("endpoint.waiting", waiting)));
        }
        return state;
    }

    private static Span quiet(String text) {
        Span quiet = new Span(text);
        quiet.addClassName("quiet");
        return quiet;
    }

    private static Component since(WebhookEndpoint endpoint) {
        Span former = new Span(endpoint.formerUntil() == null ? "" : translate("endpoint.former", When.minuteText(endpoint.formerUntil(), ZoneOffset.UTC)));
        former.addClassName("quiet");
        return stacked(When.day(endpoint.createdAt(), ZoneOffset.UTC), former);
    }

    private static Div stacked(Component... lines) {
        Div stacked = new Div(lines);
        stacked.addClassName("stacked");
        return stacked;
    }

    private Component acts(WebhookEndpoint endpoint) {
        Button test = new Button(translate("endpoint.test"), click -> dialogs.test(endpoint));
        Button turn = endpoint.pausedAt() == null
                ? new Button(translate("endpoint.pause"), click -> dialogs.pause(endpoint))
                : new Button(translate("endpoint.resume"), click -> dialogs.resume(endpoint));
        Button rotate = new Button(translate("endpoint.rotate"), click -> dialogs.rotate(endpoint));
        Button remove = new Button(translate("endpoint.remove"), click -> dialogs.remove(endpoint));
        List.of(test, turn, rotate, remove).forEach(button -> button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL));
        remove.addThemeVariants(ButtonVariant.ERROR);
        test.setAriaLabel(translate("endpoint.test.of", endpoint.url()));
        turn.setAriaLabel(translate(endpoint.pausedAt() == null ? "endpoint.pause.of" : "endpoint.resume.of", endpoint.url()));
        rotate.setAriaLabel(translate("endpoint.rotate.of", endpoint.url()));
        remove.setAriaLabel(translate("endpoint.remove.of", endpoint.url()));
        Div acts = new Div(test, turn, rotate, remove);
        acts.addClassName("acts");
        return acts;
    }
}
