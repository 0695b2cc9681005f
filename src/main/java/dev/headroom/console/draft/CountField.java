package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.console.Figures;
import dev.headroom.console.TypedNumber;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A whole number, or nothing. */
final class CountField extends TextField implements Typed {

    private final long most;
    private @Nullable Long stored;
    private boolean unreadable;

    /** @param most that can be kept; what is too many for its purpose is a finding */
    CountField(String label, long most) {
        super(label);
        this.most = most;
        setManualValidation(true);
    }

    /** What cannot be read stays until something else is stored. */
    void show(@Nullable Long number) {
        if (unreadable && Objects.equals(number, stored)) {
            return;
        }
        stored = number;
        unreadable = false;
        setValue(number == null ? "" : Figures.number(number));
    }

    void show(@Nullable Integer number) {
        show(number == null ? null : Long.valueOf(number));
    }

    /** What stands there; the last that was stored while that cannot be read. */
    @Nullable Long read() {
        if (getValue().isBlank()) {
            unreadable = false;
            return null;
        }
        Optional<Long> number = TypedNumber.parse(getValue()).flatMap(this::whole);
        unreadable = number.isEmpty();
        if (unreadable) {
            setErrorMessage(translate("draft.count.wrong"));
            setInvalid(true);
        }
        return number.orElse(stored);
    }

    @Nullable Integer readInteger() {
        Long number = read();
        return number == null ? null : Math.toIntExact(number);
    }

    private Optional<Long> whole(BigDecimal number) {
        boolean kept = number.stripTrailingZeros().scale() <= 0 && number.abs().compareTo(BigDecimal.valueOf(most)) <= 0;
        return kept ? Optional.of(number.longValueExact()) : Optional.empty();
    }

    @Override
    public boolean unreadable() {
        return unreadable;
    }
}
