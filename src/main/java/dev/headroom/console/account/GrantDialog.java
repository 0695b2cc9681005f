package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Words;
import dev.headroom.entitlement.Grant;
import dev.headroom.entitlement.GrantFeature;
import dev.headroom.entitlement.Grants;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives an account a feature for a time; asks only for what the chosen feature can be given. */
final class GrantDialog {

    private final Account account;
    private final Grants grants;
    private final Actor actor;
    private final Runnable changed;
    /** Of the dialog and not of the click: however often it is pressed, one grant is given. */
    private final String idempotencyKey = Ids.next().toString();
    private final ComboBox<Feature> feature = new ComboBox<>(translate("feature.name"));
    private final Select<Grant.Kind> kind = new Select<>();
    private final TextField units = new TextField(translate("grant.units"));
    private final Checkbox unlimited = new Checkbox(translate("figure.unlimited"));
    private final TextField setting = new TextField(translate("grant.setting"));
    private final TextField reason = new TextField(translate("grant.reason"));
    private final DateTimePicker from = new DateTimePicker(translate("grant.from"));
    private final DateTimePicker until = new DateTimePicker(translate("grant.until"));

    GrantDialog(AccountReading reading, Grants grants, Actor actor, Runnable changed) {
        this.account = reading.account();
        this.grants = grants;
        this.actor = actor;
        this.changed = changed;
        prepareFeature(reading);
        kind.setLabel(translate("grant.kind"));
        kind.setItems(Grant.Kind.values());
        kind.setItemLabelGenerator(Words::of);
        kind.setValue(Grant.Kind.TRIAL);
        units.setAllowedCharPattern("[0-9]");
        reason.setHelperText(translate("grant.reason.hint"));
        from.setHelperText(translate("grant.from.hint", account.zone().getId()));
        until.setHelperText(translate("grant.until.hint"));
        unlimited.addValueChangeListener(change -> units.setEnabled(!change.getValue()));
        List.<Component>of(feature, kind, units, setting, reason, from, until).forEach(field -> field.getElement().getStyle().set("width", "100%"));
        ask();
    }

    private void prepareFeature(AccountReading reading) {
        feature.setItems(reading.catalog().features().stream().filter(each -> !each.seats()).toList());
        feature.setItemLabelGenerator(each -> translate("grant.feature", each.name(), reading.catalog().product(each.product()).name()));
        feature.addValueChangeListener(change -> ask());
    }

    /** What can be said of a switch, a number and a value is not the same. */
    private void ask() {
        Optional<FeatureKind> chosen = feature.getOptionalValue().map(Feature::kind);
        boolean counted = chosen.filter(each -> each == FeatureKind.METER || each == FeatureKind.ALLOWANCE).isPresent();
        units.setVisible(counted);
        unlimited.setVisible(counted);
        units.setHelperText(counted ? translate("grant.units.hint", feature.getValue().unit()) : null);
        setting.setVisible(chosen.filter(each -> each == FeatureKind.SETTING).isPresent());
    }

    void open() {
        Div amount = new Div(units, unlimited);
        amount.addClassName("amount");
        new FormDialog(translate("grant.dialog", account.name()), translate("grant.give"), () -> {
            grants.grant(actor, command());
            changed.run();
        }, feature, kind, amount, setting, reason, from, until)
                .with("input.feature", feature)
                .with("input.units", units)
                .with("input.unlimited", unlimited)
                .with("input.setting", setting)
                .with("input.reason", reason)
                .with("input.from", from)
                .with("input.until", until)
                .open();
    }

    private GrantFeature command() {
        Feature chosen = Check.present("input.feature", feature.getValue());
        boolean boundless = unlimited.isVisible() && unlimited.getValue();
        return new GrantFeature(
                idempotencyKey, account.key(), chosen.key(), kind.getValue(), units.isVisible() && !boundless ? whole(units.getValue()) : null,
                boundless ? Boolean.TRUE : null, setting.isVisible() && !setting.isEmpty() ? setting.getValue() : null, reason.getValue(), instant(from),
                instant(until));
    }

    private static @Nullable Long whole(String digits) {
        try {
            return digits.isBlank() ? null : Long.valueOf(digits.strip());
        } catch (NumberFormatException tooLong) {
            throw HeadroomException.invalid("input.units", translate("grant.units.many"));
        }
    }

    private @Nullable Instant instant(DateTimePicker picker) {
        return picker.getOptionalValue().map(at -> at.atZone(account.zone()).toInstant()).orElse(null);
    }
}
