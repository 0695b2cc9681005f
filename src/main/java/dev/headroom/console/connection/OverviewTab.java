package dev.headroom.console.connection;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.actor.Actor;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Facts;
import dev.headroom.console.Figures;
import dev.headroom.console.Section;
import dev.headroom.console.When;
import dev.headroom.overage.UsageRejection;
import dev.headroom.overage.UsageRejections;
import dev.headroom.stripe.StripeEvents;
import dev.headroom.stripe.StripeEvents.Endpoint;
import dev.headroom.stripe.StripeEvents.State;
import dev.headroom.stripe.StripeEvents.TroubledEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which account it is, how its events come in and how late, and those that people have to look after. */
final class OverviewTab extends Div {

    /** More than a person reads; what is left is said. */
    private static final int SHOWN = 50;

    private final StripeEvents events;
    private final UsageRejections rejections;
    private final Actor actor;

    OverviewTab(StripeEvents events, UsageRejections rejections, Actor actor) {
        this.events = events;
        this.rejections = rejections;
        this.actor = actor;
        show();
    }

    private void show() {
        State state = events.state(actor);
        List<TroubledEvent> troubled = events.troubled(actor, null, SHOWN + 1);
        removeAll();
        add(
                new Section(translate("connection.state"), facts(state)),
                new Section(translate("connection.endpoints"), endpoints(state)),
                new Section(translate("connection.troubled"), troubled.isEmpty()
                        ? new EmptyState(translate("connection.troubled.none"), translate("connection.troubled.none.why"))
                        : troubled(state, troubled)));
    }

    private Component facts(State state) {
        return new Facts()
                .with(translate("connection.account"), state.account() == null ? translate("connection.account.unknown") : state.account())
                .with(translate("connection.mode"), translate(state.live() ? "connection.mode.live" : "connection.mode.test"))
                .with(translate("connection.last"), instant(state.lastReceivedAt()))
                .with(translate("connection.delivery"), state.deliverySeconds() == null ? translate("connection.never") : took(state.deliverySeconds()))
                .with(translate("connection.backlog"), translate("connection.backlog.events", state.backlog(), state.retrying()))
                .with(translate("connection.lag"), state.backlog() == 0 ? translate("connection.lag.none") : took(state.lagSeconds()))
                .with(translate("connection.givenUp"), Figures.number(state.givenUp()))
                .with(translate("connection.rejected"), rejections.newest(actor, 1).stream().findFirst().map(OverviewTab::rejected).orElseGet(() -> translate("connection.rejected.none")));
    }

    /** The last that Stripe said of usage that it took and does not count; the others the API tells. */
    private static String rejected(UsageRejection last) {
        return translate("connection.rejected.last", last.count(), When.minuteText(last.at(), ZoneOffset.UTC),
                last.reasons().stream().map(UsageRejection.Reason::code).collect(Collectors.joining(", ")));
    }

    private static String took(long seconds) {
        Duration length = Duration.ofSeconds(seconds);
        if (length.toMinutes() == 0) {
            return translate("connection.seconds", seconds);
        }
        return length.toHours() == 0 ? translate("connection.minutes", length.toMinutes()) : translate("connection.hours", length.toHours());
    }

    private static Component instant(@Nullable Instant at) {
        return at == null ? new Text(translate("connection.never")) : When.second(at, ZoneOffset.UTC);
    }

    private Component endpoints(State state) {
        if (state.endpoints().isEmpty()) {
            return new EmptyState(translate("connection.endpoints.none"), translate("connection.endpoints.none.why"));
        }
        DataTable table = new DataTable(
                translate("connection.endpoints"), translate("connection.endpoint.address"), translate("connection.endpoint.heard"),
                translate("connection.endpoint.secret"), translate("connection.acts"));
        state.endpoints().forEach(each -> table.row(new Code(each.url()), instant(each.heardAt()), secret(each), rotation(each)));
        return table;
    }

    private static Component secret(Endpoint endpoint) {
        if (endpoint.rotating()) {
            return new Text(translate("connection.secret.rotating"));
        }
        Instant retires = endpoint.retiresAt();
        return new Text(retires == null
                ? translate("connection.secret.current")
                : translate("connection.secret.until", When.minuteText(retires, ZoneOffset.UTC)));
    }

    private Component rotation(Endpoint endpoint) {
        if (endpoint.retiresAt() != null || endpoint.rotating()) {
            return new Text("");
        }
        Button rotate = small(translate("connection.rotate"), () -> new RotationDialog(events, actor, endpoint, this::show).open());
        rotate.setAriaLabel(translate("connection.rotate.of", endpoint.url()));
        return rotate;
    }

    private Component troubled(State state, List<TroubledEvent> troubled) {
        DataTable table = new DataTable(
                translate("connection.troubled"), translate("connection.event"), translate("connection.event.happened"),
                translate("connection.event.failure"), translate("connection.event.state"), translate("connection.acts"));
        troubled.stream().limit(SHOWN).forEach(each -> table.row(
                event(each), When.second(each.happenedAt(), ZoneOffset.UTC), new Text(each.failure()), new Text(state(each)), resending(each)));
        List<Component> parts = new ArrayList<>();
        if (state.givenUp() > 0) {
            Button all = new Button(translate("connection.resend.all", state.givenUp()), click -> resend(null));
            all.addThemeVariants(ButtonVariant.PRIMARY);
            parts.add(all);
        }
        parts.add(table);
        if (troubled.size() > SHOWN) {
            parts.add(new Paragraph(translate("connection.troubled.more", SHOWN)));
        }
        Div list = new Div(parts.toArray(Component[]::new));
        list.addClassName("list");
        return list;
    }

    private static Component event(TroubledEvent event) {
        Span object = new Span(event.object());
        object.addClassName("quiet");
        Div both = new Div(new Span(event.type()), object);
        both.addClassName("stacked");
        return both;
    }

    private static String state(TroubledEvent event) {
        return event.nextAttemptAt() == null
                ? translate("connection.event.givenUp", event.attempts())
                : translate("connection.event.retried", event.attempts(), When.minuteText(event.nextAttemptAt(), ZoneOffset.UTC));
    }

    private Component resending(TroubledEvent event) {
        if (event.givenUpAt() == null) {
            return new Text("");
        }
        Button resend = small(translate("connection.resend"), () -> resend(List.of(event.id())));
        resend.setAriaLabel(translate("connection.resend.of", event.type(), event.object()));
        return resend;
    }

    private void resend(@Nullable List<String> which) {
        events.resend(actor, which);
        show();
    }

    private static Button small(String text, Runnable act) {
        Button button = new Button(text, click -> act.run());
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        return button;
    }
}
