package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.error.HeadroomException;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import dev.headroom.revenue.SettingsVersions.RevenueSettingsMoved;
import dev.headroom.revenue.SettingsVersions.RevenueSettingsSet;
import dev.headroom.revenue.SettingsVersions.SetRevenueSettings;
import dev.headroom.revenue.SettingsVersions;
import java.time.ZoneId;
import java.util.Objects;

/** How the vendor wants its revenue told. */
final class SettingsDialog {

    private final SignedIn signedIn;
    private final SettingsVersions versions;
    private final Runnable changed;
    private final RevenueSettings before;
    private final ComboBox<String> zone = new ComboBox<>(translate("revenue.zone"));
    private final IntegerField closing = new IntegerField(translate("revenue.closing.days"));
    private final Checkbox reactivation = new Checkbox(translate("revenue.reactivation"));
    private final Checkbox priceIncrease = new Checkbox(translate("revenue.price.increase"));
    private final Checkbox use = new Checkbox(translate("revenue.use.counts"));

    SettingsDialog(SignedIn signedIn, SettingsVersions versions, Runnable changed) {
        this.signedIn = signedIn;
        this.versions = versions;
        this.changed = changed;
        this.before = versions.current(signedIn.actor());
        zone.setItems(ZoneId.getAvailableZoneIds().stream().sorted().toList());
        zone.setValue(before.zone().getId());
        zone.setHelperText(translate("revenue.zone.hint"));
        closing.setValue(before.closingDays());
        closing.setHelperText(translate("revenue.closing.hint"));
        reactivation.setValue(before.reactivation());
        priceIncrease.setValue(before.priceIncrease());
        use.setValue(before.use());
    }

    void open() {
        new FormDialog(
                translate("revenue.settings"), translate("revenue.settings.set"), this::set, new Paragraph(translate("revenue.settings.what")), reactivation, priceIncrease, use, zone,
                closing).with("input.zone", zone).with("input.closingDays", closing).open();
    }

    private void set() {
        SetRevenueSettings command = new SetRevenueSettings(
                before.version(), Objects.requireNonNullElse(zone.getValue(), ""), Objects.requireNonNullElse(closing.getValue(), -1), reactivation.getValue(),
                priceIncrease.getValue(), use.getValue());
        switch (versions.set(signedIn.actor(), command)) {
            case RevenueSettingsSet _ -> changed.run();
            case RevenueSettingsMoved _ -> throw HeadroomException.invalid("input.version", translate("revenue.settings.moved"));
        }
    }
}
