package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.TypedNumber;
import dev.headroom.console.Words;
import dev.headroom.impact.Segment;
import dev.headroom.money.Currencies;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everybody, or some of those who have another version: whom all of this holds of. */
final class SegmentFields extends Div {

    private final Checkbox some = new Checkbox(translate("publish.some"));
    private final CheckboxGroup<Integer> versions = new CheckboxGroup<>(translate("publish.versions"));
    private final CheckboxGroup<Interval> intervals = new CheckboxGroup<>(translate("publish.intervals"));
    private final CheckboxGroup<String> currencies = new CheckboxGroup<>(translate("account.currency"));
    private final TextArea accounts = new TextArea(translate("publish.accounts"));
    private final TextField from = new TextField(translate("publish.mrr.from"));
    private final TextField until = new TextField(translate("publish.mrr.until"));

    SegmentFields() {
        addClassName("choice-step");
        versions.setItemLabelGenerator(number -> translate("version.name", number));
        intervals.setItems(Interval.values());
        intervals.setItemLabelGenerator(Words::of);
        currencies.setItems(Currencies.supported().stream().map(Currency::getCurrencyCode).toList());
        accounts.setHelperText(translate("publish.accounts.hint"));
        Stream.of(from, until).forEach(field -> {
            field.setManualValidation(true);
            field.setHelperText(translate("publish.mrr.hint"));
        });
        Div fields = new Div(versions, intervals, currencies, from, until, accounts);
        fields.addClassName("fields");
        fields.setVisible(false);
        some.addValueChangeListener(change -> fields.setVisible(change.getValue()));
        add(some, fields);
    }

    void about(List<PlanVersion> sold) {
        versions.setItems(sold.stream().map(PlanVersion::number).toList());
    }

    /** Begins with those who have one of them. */
    void begin(PlanVersion from) {
        some.setValue(true);
        versions.setValue(Set.of(from.number()));
    }

    /** Whether the amounts can be read: in one currency, which is chosen. */
    boolean clear() {
        return !some.getValue() || Stream.of(clear(from), clear(until)).allMatch(each -> each);
    }

    private boolean clear(TextField field) {
        boolean clear = field.getValue().isBlank() || minor(field).isPresent();
        field.setErrorMessage(translate(currency() == null ? "publish.mrr.currency" : "publish.mrr.wrong"));
        field.setInvalid(!clear);
        return clear;
    }

    private @Nullable Currency currency() {
        return currencies.getValue().size() == 1 ? Currency.getInstance(currencies.getValue().iterator().next()) : null;
    }

    private Optional<Long> minor(TextField field) {
        return Optional.ofNullable(currency()).flatMap(in -> TypedNumber.parse(field.getValue()).map(amount -> amount.movePointRight(in.getDefaultFractionDigits())))
                .filter(minor -> minor.signum() >= 0 && minor.stripTrailingZeros().scale() <= 0 && minor.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                .map(BigDecimal::longValueExact);
    }

    Segment chosen() {
        return some.getValue()
                ? new Segment(
                        versions.getValue().stream().sorted().toList(), intervals.getValue().stream().sorted().toList(), currencies.getValue().stream().sorted().toList(),
                        accounts.getValue().lines().map(String::strip).filter(key -> !key.isEmpty()).toList(), minor(from).orElse(null), minor(until).orElse(null))
                : Segment.EVERYBODY;
    }
}
