package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import dev.headroom.console.DataTable;
import dev.headroom.console.When;
import dev.headroom.signin.Session;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where somebody is signed in. */
final class SessionTable extends Composite<Div> {

    private final @Nullable UUID here;
    private final @Nullable Consumer<Session> end;

    /** @param here the session that looks at this; @param end signs out in one browser, where that is offered */
    SessionTable(List<Session> sessions, @Nullable UUID here, @Nullable Consumer<Session> end) {
        this.here = here;
        this.end = end;
        if (sessions.isEmpty()) {
            getContent().add(new Text(translate("session.none")));
            return;
        }
        DataTable table = end == null
                ? new DataTable(translate("session.list"), translate("session.browser"), translate("session.seen"), translate("session.since"))
                : new DataTable(translate("session.list"), translate("session.browser"), translate("session.seen"), translate("session.since"), translate("person.acts"));
        sessions.forEach(session -> table.row(cells(session)));
        getContent().add(table);
    }

    private Component[] cells(Session session) {
        Component seen = session.id().equals(here) ? new Text(translate("session.here")) : When.minute(session.lastSeenAt(), ZoneOffset.UTC);
        Component browser = new Text(session.browser());
        Component since = When.minute(session.startedAt(), ZoneOffset.UTC);
        return end == null ? new Component[] {browser, seen, since} : new Component[] {browser, seen, since, act(session, end)};
    }

    private Component act(Session session, Consumer<Session> ending) {
        if (session.id().equals(here)) {
            return new Text("");
        }
        Button button = new Button(translate("session.end"), click -> ending.accept(session));
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.setAriaLabel(translate("session.end.of", session.browser()));
        Div acts = new Div(button);
        acts.addClassName("acts");
        return acts;
    }
}
