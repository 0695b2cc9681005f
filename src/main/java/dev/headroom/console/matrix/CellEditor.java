package dev.headroom.console.matrix;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.console.Figures;
import dev.headroom.console.TypedNumber;
import dev.headroom.draft.DraftEdit;
import dev.headroom.sheet.EntitlementLine;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands in a cell while somebody writes into it: of a gate a box to check, of everything else a text, whose emptiness grants nothing. */
final class CellEditor {

    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Feature feature;
    private final @Nullable EntitlementLine line;
    private final Checkbox granted = new Checkbox();
    private final TextField text = new TextField();

    /** @param line as it is; absent where nothing is granted */
    CellEditor(Feature feature, @Nullable EntitlementLine line, String label) {
        this.feature = feature;
        this.line = line;
        granted.setLabel(translate("entitlement.included"));
        granted.setAriaLabel(label);
        granted.setValue(line != null);
        text.setAriaLabel(label);
        text.setManualValidation(true);
        text.setValueChangeMode(ValueChangeMode.EAGER);
        text.setAutoselect(true);
        text.setHelperText(translate(feature.counted() ? "matrix.edit.count" : "matrix.edit.setting", Figures.limit(null)));
        text.setValue(line == null ? "" : feature.counted() ? Figures.limit(line.included()) : Objects.requireNonNullElse(line.setting(), ""));
        text.setWidthFull();
    }

    Component field() {
        return feature.kind() == FeatureKind.GATE ? granted : text;
    }

    void focus() {
        if (feature.kind() == FeatureKind.GATE) {
            granted.focus();
        } else {
            text.focus();
        }
    }

    /** What is to be written; empty, and said at the field, where that cannot be read. */
    Optional<DraftEdit> read() {
        boolean nothing = feature.kind() == FeatureKind.GATE ? !granted.getValue() : text.getValue().isBlank();
        if (nothing) {
            return Optional.of(DraftEdit.removeEntitlement(line == null ? feature.key() : line.id()));
        }
        return switch (feature.kind()) {
            case GATE -> Optional.of(with(line == null ? null : line.included(), line == null ? null : line.setting()));
            case SETTING -> Optional.of(with(line == null ? null : line.included(), text.getValue().strip()));
            case ALLOWANCE, METER -> counted();
        };
    }

    private Optional<DraftEdit> counted() {
        String setting = line == null ? null : line.setting();
        if (text.getValue().strip().equalsIgnoreCase(Figures.limit(null))) {
            return Optional.of(with(null, setting));
        }
        Optional<DraftEdit> read = TypedNumber.parse(text.getValue())
                .filter(number -> number.stripTrailingZeros().scale() <= 0 && number.abs().compareTo(LARGEST) <= 0)
                .map(number -> with(number.longValueExact(), setting));
        text.setInvalid(read.isEmpty());
        text.setErrorMessage(translate("draft.count.wrong"));
        return read;
    }

    /** What else was said of it stays. */
    private DraftEdit with(@Nullable Long included, @Nullable String setting) {
        return DraftEdit.entitlement(line == null
                ? new EntitlementLine(feature.key(), feature.key(), included, null, null, null, null, setting, List.of())
                : new EntitlementLine(
                        line.id(), line.feature(), included, line.policy(), line.softLimit(), line.graceDays(), line.gracePercent(), setting, line.overage()));
    }
}
