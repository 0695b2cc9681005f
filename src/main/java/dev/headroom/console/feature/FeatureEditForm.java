package dev.headroom.console.feature;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.EditFeature;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Words;

/** Asks what a feature is to be called; what decides about use is shown, and why it stays. */
final class FeatureEditForm {

    private final FeatureServices services;
    private final Feature feature;
    private final Runnable changed;
    private final TextField name = new TextField(translate("feature.called"));
    private final TextArea description = new TextArea(translate("feature.description"));
    private final TextField unit = new TextField(translate("feature.unit"));

    FeatureEditForm(FeatureServices services, Feature feature, Runnable changed) {
        this.services = services;
        this.feature = feature;
        this.changed = changed;
        name.setValue(feature.name());
        description.setValue(feature.description());
        unit.setValue(feature.unit());
        unit.setHelperText(translate("feature.unit.hint"));
        unit.setVisible(feature.counted());
        name.setHelperText(translate("feature.name.hint"));
    }

    void open() {
        CatalogSnapshot known = services.catalog().snapshot();
        TextField counting = stays(translate("feature.counting"), FeatureText.counted(feature, known), translate("feature.counting.stays"));
        counting.setVisible(!counting.isEmpty());
        TextField resets = stays(translate("feature.resets"), FeatureText.resets(feature), translate("feature.resets.stays"));
        resets.setVisible(!resets.isEmpty());
        name.setWidthFull();
        description.setWidthFull();
        unit.setWidthFull();
        new FormDialog(translate("feature.edit.of", feature.name()), translate("feature.save"), this::save,
                name, description, unit, stays(translate("feature.key"), feature.key(), translate("feature.key.stays")),
                stays(translate("feature.kind"), Words.of(feature.kind()), translate("feature.kind.stays")), counting, resets)
                .with("input.name", name).with("input.description", description).with("input.unit", unit).open();
    }

    private static TextField stays(String label, String value, String why) {
        TextField field = new TextField(label);
        field.setValue(value);
        field.setReadOnly(true);
        field.setHelperText(why);
        field.setWidthFull();
        return field;
    }

    private void save() {
        services.catalog().edit(services.signedIn().actor(), new EditFeature(
                feature.key(), name.getValue().strip(), description.getValue().strip(), feature.counted() ? unit.getValue().strip() : null));
        changed.run();
    }
}
