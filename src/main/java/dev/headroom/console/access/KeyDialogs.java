package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static java.util.stream.Collectors.toCollection;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Permission;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Words;
import dev.headroom.identity.ApiKey;
import dev.headroom.identity.ApiKeys;
import dev.headroom.identity.CreatedApiKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** What can be done with API keys. */
final class KeyDialogs {

    private final ApiKeys keys;
    private final SignedIn signedIn;
    private final Runnable changed;

    KeyDialogs(ApiKeys keys, SignedIn signedIn, Runnable changed) {
        this.keys = keys;
        this.signedIn = signedIn;
        this.changed = changed;
    }

    void create() {
        TextField name = new TextField(translate("key.name"));
        name.setHelperText(translate("key.name.hint"));
        name.setWidthFull();
        CheckboxGroup<Permission> permissions = permissions(EnumSet.complementOf(EnumSet.of(Permission.ADMIN)));
        TextArea origins = origins(Set.of());
        new FormDialog(translate("key.new"), translate("key.create"), () -> {
            CreatedApiKey made = keys.create(signedIn.actor(), name.getValue(), permissions.getValue(), lines(origins));
            changed.run();
            new SecretDialog(translate("key.made", made.key().name()), translate("key.secret"), made.secret()).open();
        }, name, permissions, origins).open();
    }

    void change(ApiKey key) {
        CheckboxGroup<Permission> permissions = permissions(key.permissions());
        TextArea origins = origins(key.origins());
        new FormDialog(translate("key.change.of", key.name()), translate("key.change.save"), () -> {
            keys.change(signedIn.actor(), key.id(), permissions.getValue(), lines(origins));
            changed.run();
        }, permissions, origins).with("input.origins", origins).open();
    }

    void rotate(ApiKey key) {
        Select<Overlap> overlap = new Select<>();
        overlap.setLabel(translate("key.rotate.overlap"));
        overlap.setItems(Overlap.values());
        overlap.setItemLabelGenerator(Overlap::text);
        overlap.setValue(Overlap.DAY);
        overlap.setWidthFull();
        new FormDialog(translate("key.rotate.of", key.name()), translate("key.rotate.do"), () -> {
            CreatedApiKey made = keys.rotate(signedIn.actor(), key.id(), overlap.getValue().lasts);
            changed.run();
            new SecretDialog(translate("key.made", made.key().name()), translate("key.secret"), made.secret()).open();
        }, new Paragraph(translate("key.rotate.meaning")), overlap).open();
    }

    /** How long the secret of before is good. */
    private enum Overlap {
        NONE(Duration.ZERO),
        DAY(Duration.ofDays(1)),
        WEEK(ApiKeys.LONGEST_OVERLAP);

        private final Duration lasts;

        Overlap(Duration lasts) {
            this.lasts = lasts;
        }

        private String text() {
            return switch (this) {
                case NONE -> translate("key.rotate.none");
                case DAY -> translate("key.rotate.day");
                case WEEK -> translate("key.rotate.week");
            };
        }
    }

    void revoke(ApiKey key) {
        ConfirmDialog sure = new ConfirmDialog(
                translate("key.revoke.title", key.name()), translate("key.revoke.meaning"), translate("key.revoke"), confirm -> {
            keys.revoke(signedIn.actor(), key.id());
            changed.run();
        });
        sure.setConfirmButtonTheme("error primary");
        sure.setCancelable(true);
        sure.setCancelText(translate("access.cancel"));
        sure.open();
    }

    private static CheckboxGroup<Permission> permissions(Set<Permission> now) {
        CheckboxGroup<Permission> permissions = new CheckboxGroup<>(translate("key.permissions"));
        permissions.setItems(Permission.values());
        permissions.setItemLabelGenerator(Words::of);
        permissions.setValue(now);
        return permissions;
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
