package dev.headroom.console.connection;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import dev.headroom.actor.Actor;
import dev.headroom.console.FormDialog;
import dev.headroom.id.Ids;
import dev.headroom.stripe.StripeEvents;
import dev.headroom.stripe.StripeEvents.Endpoint;
import dev.headroom.stripe.StripeEvents.RotateSecret;

/** Asks for how long the present secret goes on beside its successor. */
final class RotationDialog {

    private final FormDialog dialog;

    RotationDialog(StripeEvents events, Actor actor, Endpoint endpoint, Runnable done) {
        String key = Ids.next().toString();
        Select<Integer> overlap = new Select<>();
        overlap.setLabel(translate("connection.rotate.overlap"));
        overlap.setItems(24, 1, 0);
        overlap.setItemLabelGenerator(hours -> hours == 0 ? translate("connection.rotate.now") : translate("connection.rotate.hours", hours));
        overlap.setValue(24);
        overlap.setWidthFull();
        dialog = new FormDialog(translate("connection.rotate.of", endpoint.url()), translate("connection.rotate.submit"), () -> {
            events.rotate(actor, new RotateSecret(key, endpoint.url(), overlap.getValue()));
            done.run();
        }, new Paragraph(translate("connection.rotate.meaning")), overlap);
    }

    void open() {
        dialog.open();
    }
}
