package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static java.util.stream.Collectors.toCollection;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Words;
import dev.headroom.identity.ApiKey;
import dev.headroom.identity.ApiKeys;
import dev.headroom.identity.CreatedApiKey;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** What can be done with API keys. */
final class KeyDialogs {

    private final ApiKeys keys;
    private final Actor actor;
    private final Runnable changed;

    KeyDialogs(ApiKeys keys, Actor actor, Runnable changed) {
        this.keys = keys;
        this.actor = actor;
        this.changed = changed;
    }

    void create() {
        TextField name = new TextField(translate("key.name"));
        name.setHelperText(translate("key.name.hint"));
        name.setWidthFull();
        CheckboxGroup<Permission> permissions = new CheckboxGroup<>(translate("key.permissions"));
        permissions.setItems(Permission.values());
        permissions.setItemLabelGenerator(Words::of);
        permissions.setValue(EnumSet.complementOf(EnumSet.of(Permission.ADMIN)));
        TextArea origins = origins(Set.of());
        new FormDialog(translate("key.new"), translate("key.create"), () -> {
            CreatedApiKey made = keys.create(actor, name.getValue(), permissions.getValue(), lines(origins));
            changed.run();
            new SecretDialog(translate("key.made", made.key().name()), translate("key.secret"), made.secret()).open();
        }, name, permissions, origins).open();
    }

    void allow(ApiKey key) {
        TextArea origins = origins(key.origins());
        new FormDialog(translate("key.origins.of", key.name()), translate("key.origins.save"), () -> {
            keys.allow(actor, key.id(), lines(origins));
            changed.run();
        }, origins).open();
    }

    void revoke(ApiKey key) {
        ConfirmDialog sure = new ConfirmDialog(
                translate("key.revoke.title", key.name()), translate("key.revoke.meaning"), translate("key.revoke"), confirm -> {
            keys.revoke(actor, key.id());
            changed.run();
        });
        sure.setConfirmButtonTheme("error primary");
        sure.setCancelable(true);
        sure.setCancelText(translate("access.cancel"));
        sure.open();
    }

    private static TextArea origins(Set<String> now) {
        TextArea origins = new TextArea(translate("key.origins"));
        origins.setHelperText(translate("key.origins.hint"));
        origins.setPlaceholder("https://app.example.com");
        origins.setValue(String.join("\n", now.stream().sorted().toList()));
        origins.setWidthFull();
        return origins;
    }

    private static Set<String> lines(TextArea text) {
        return text.getValue().lines().map(String::strip).filter(line -> !line.isEmpty()).collect(toCollection(LinkedHashSet::new));
    }
}
