package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.console.TypedNumber;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An amount as people write it, in the currency's own decimals or more; kept as a decimal number of minor units. */
final class AmountField extends TextField implements Typed {

    private static final int USUAL_DECIMALS = 2;
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final boolean charged;
    private final Span unit = new Span();
    private @Nullable String stored;
    private String shown = "";
    private @Nullable Currency currency;
    private boolean unreadable;

    /** @param charged whether it is an amount that is charged as it is, and no price that is multiplied: nothing is smaller than a minor unit of it */
    AmountField(String label, boolean charged) {
        super(label);
        this.charged = charged;
        setManualValidation(true);
        setSuffixComponent(unit);
    }

    /**
     * What cannot be read stays until something else is stored.
     *
     * @param minor as it is stored, perhaps no number
     */
    void show(@Nullable String minor, @Nullable Currency in) {
        unit.setText(in == null ? "" : in.getCurrencyCode());
        if (unreadable && Objects.equals(minor, stored) && Objects.equals(in, currency)) {
            return;
        }
        stored = minor;
        currency = in;
        unreadable = false;
        shown = minor == null ? "" : number(minor).map(number -> TypedNumber.text(number.movePointLeft(decimals()), decimals())).orElse(minor);
        setValue(shown);
    }

    void show(@Nullable Long minor, @Nullable Currency in) {
        show(minor == null ? null : minor.toString(), in);
    }

    private static Optional<BigDecimal> number(String minor) {
        try {
            return Optional.of(new BigDecimal(minor.strip()).stripTrailingZeros());
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
    }

    private int decimals() {
        return currency == null ? USUAL_DECIMALS : currency.getDefaultFractionDigits();
    }

    /** What stands there, in minor units of that currency; the last that was stored while that cannot be read. */
    @Nullable String read(@Nullable Currency in) {
        boolean same = getValue().equals(shown) && Objects.equals(in, currency);
        currency = in;
        if (same || getValue().isBlank()) {
            unreadable = false;
            return same ? stored : null;
        }
        Optional<String> minor = TypedNumber.parse(getValue()).map(number -> number.movePointRight(decimals()).stripTrailingZeros()).filter(this::kept)
                .map(BigDecimal::toPlainString);
        unreadable = minor.isEmpty();
        if (unreadable) {
            setErrorMessage(wrong());
            setInvalid(true);
        }
        return minor.orElse(stored);
    }

    @Nullable Long readCharged(@Nullable Currency in) {
        return Optional.ofNullable(read(in)).flatMap(AmountField::number).map(BigDecimal::longValue).orElse(null);
    }

    private boolean kept(BigDecimal minor) {
        return !charged || minor.scale() <= 0 && minor.abs().compareTo(LARGEST) <= 0;
    }

    private String wrong() {
        String example = TypedNumber.text(BigDecimal.valueOf(29), decimals());
        return translate(charged && TypedNumber.parse(getValue()).isPresent() ? "draft.amount.small" : "draft.amount.wrong", example);
    }

    @Override
    public boolean unreadable() {
        return unreadable;
    }
}
