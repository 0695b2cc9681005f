package dev.headroom.console.connection;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Toast;
import dev.headroom.console.Words;
import dev.headroom.console.access.SecretDialog;
import dev.headroom.delivery.WebhookEndpoint;
import dev.headroom.delivery.WebhookEndpoint.CreatedWebhookEndpoint;
import dev.headroom.delivery.WebhookEndpoint.EventKind;
import dev.headroom.delivery.WebhookDeliveries;
import dev.headroom.delivery.WebhookEndpoints;
import dev.headroom.delivery.WebhookTests;
import java.time.Duration;

/** What can be done with endpoints. */
final class EndpointDialogs {

    private static final int DAY = 24;

    private final WebhookEndpoints endpoints;
    private final WebhookTests tests;
    private final SignedIn signedIn;
    private final Runnable changed;

    EndpointDialogs(WebhookEndpoints endpoints, WebhookTests tests, SignedIn signedIn, Runnable changed) {
        this.endpoints = endpoints;
        this.tests = tests;
        this.signedIn = signedIn;
        this.changed = changed;
    }

    void add() {
        TextField url = new TextField(translate("endpoint.url"));
        url.setPlaceholder("https://hooks.example.com/headroom");
        url.setHelperText(translate("endpoint.url.hint"));
        url.setWidthFull();
        TextField about = new TextField(translate("endpoint.description"));
        about.setHelperText(translate("endpoint.description.hint"));
        about.setWidthFull();
        CheckboxGroup<EventKind> events = new CheckboxGroup<>(translate("endpoint.events"));
        events.setItems(EventKind.HAPPENING);
        events.setItemLabelGenerator(Words::of);
        events.setValue(EventKind.HAPPENING);
        new FormDialog(translate("endpoint.add"), translate("endpoint.add.do"),
                () -> secret(endpoints.create(signedIn.actor(), url.getValue().strip(), about.getValue(), events.getValue())), url, about, events)
                .with("input.url", url).with("input.description", about).with("input.events", events).open();
    }

    private void secret(CreatedWebhookEndpoint made) {
        changed.run();
        new SecretDialog(translate("endpoint.secret.of", made.endpoint().url()), translate("endpoint.secret"), made.secret()).open();
    }

    void rotate(WebhookEndpoint endpoint) {
        Select<Integer> overlap = new Select<>();
        overlap.setLabel(translate("endpoint.rotate.overlap"));
        overlap.setItems(0, DAY, (int) WebhookEndpoints.LONGEST_OVERLAP.toHours());
        overlap.setItemLabelGenerator(hours -> hours == 0 ? translate("endpoint.rotate.none") : translate("endpoint.rotate.days", hours / DAY));
        overlap.setValue(DAY);
        overlap.setWidthFull();
        new FormDialog(translate("endpoint.rotate.of", endpoint.url()), translate("endpoint.rotate.do"),
                () -> secret(endpoints.rotate(signedIn.actor(), endpoint.id(), Duration.ofHours(overlap.getValue()))), new Paragraph(translate("endpoint.rotate.meaning")), overlap).open();
    }

    void test(WebhookEndpoint endpoint) {
        tests.send(signedIn.actor(), endpoint.id());
        Toast.linked(translate(endpoint.pausedAt() == null ? "endpoint.tested" : "endpoint.tested.paused", endpoint.url()), new Anchor(DeliveriesView.of(endpoint.id()), translate("endpoint.tested.see")));
    }

    void pause(WebhookEndpoint endpoint) {
        ConfirmDialog sure = new ConfirmDialog(
                translate("endpoint.pause.of", endpoint.url()), translate("endpoint.pause.meaning", WebhookDeliveries.KEPT_FOR_PAUSED.toDays()), translate("endpoint.pause"), confirm -> {
            endpoints.pause(signedIn.actor(), endpoint.id());
            changed.run();
        });
        sure.setCancelable(true);
        sure.setCancelText(translate("access.cancel"));
        sure.open();
    }

    void resume(WebhookEndpoint endpoint) {
        endpoints.resume(signedIn.actor(), endpoint.id());
        changed.run();
    }

    void remove(WebhookEndpoint endpoint) {
        ConfirmDialog sure = new ConfirmDialog(
                translate("endpoint.remove.of", endpoint.url()), translate("endpoint.remove.meaning"), translate("endpoint.remove"), confirm -> {
            endpoints.remove(signedIn.actor(), endpoint.id());
            changed.run();
        });
        sure.setConfirmButtonTheme("error primary");
        sure.setCancelable(true);
        sure.setCancelText(translate("access.cancel"));
        sure.open();
    }
}
