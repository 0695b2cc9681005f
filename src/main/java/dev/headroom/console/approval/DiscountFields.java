package dev.headroom.console.approval;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.headroom.approval.NegotiatedDiscount;
import dev.headroom.approval.NegotiatedDiscount.Lasting;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Words;
import dev.headroom.error.HeadroomException;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A discount in percent and for how long; left empty is none. */
public final class DiscountFields extends Div {

    private static final int PATIENCE_MILLIS = 300;

    private final TextField percent = new TextField(translate("approval.percent"));
    private final Select<Lasting> lasting = new Select<>();
    private final TextField months = new TextField(translate("approval.months"));

    /** @param changed after every one that could be meant */
    public DiscountFields(@Nullable NegotiatedDiscount now, Runnable changed) {
        addClassName("amount");
        percent.setHelperText(translate("approval.percent.hint"));
        percent.setAllowedCharPattern("[0-9.,]");
        percent.setValueChangeMode(ValueChangeMode.LAZY);
        percent.setValueChangeTimeout(PATIENCE_MILLIS);
        months.setAllowedCharPattern("[0-9]");
        months.setValueChangeMode(ValueChangeMode.LAZY);
        months.setValueChangeTimeout(PATIENCE_MILLIS);
        lasting.setLabel(translate("approval.lasting"));
        lasting.setItems(Lasting.values());
        lasting.setItemLabelGenerator(Words::of);
        lasting.setValue(Lasting.MONTHS);
        months.setValue("12");
        begin(now);
        months.setVisible(lasting.getValue() == Lasting.MONTHS);
        percent.addValueChangeListener(change -> changed.run());
        months.addValueChangeListener(change -> changed.run());
        lasting.addValueChangeListener(change -> {
            months.setVisible(change.getValue() == Lasting.MONTHS);
            changed.run();
        });
        add(percent, lasting, months);
    }

    private void begin(@Nullable NegotiatedDiscount now) {
        if (now != null && now.reduction() instanceof PercentOff(BigDecimal off)) {
            percent.setValue(off.toPlainString());
            lasting.setValue(now.lasting());
            if (now.term() instanceof Term.Repeating(int count)) {
                months.setValue(String.valueOf(count));
            }
        }
    }

    /** What is refused of it is said beside its fields. */
    public FormDialog in(FormDialog form) {
        return form.with("input.discount.percentOff", percent).with("input.discount.months", months);
    }

    /** @throws HeadroomException INVALID_INPUT for what is no discount */
    public Optional<NegotiatedDiscount> wanted() {
        if (percent.getValue().isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new NegotiatedDiscount(reduction(), switch (Objects.requireNonNull(lasting.getValue())) {
            case ONCE -> new Term.Once();
            case FOREVER -> new Term.Forever();
            case MONTHS -> new Term.Repeating(count());
        }));
    }

    private PercentOff reduction() {
        try {
            return new PercentOff(new BigDecimal(percent.getValue().strip().replace(',', '.')));
        } catch (IllegalArgumentException none) {
            throw HeadroomException.invalid("input.discount.percentOff", translate("approval.percent.wrong"));
        }
    }

    private int count() {
        String text = months.getValue().strip();
        if (text.length() > 3 || text.isEmpty() || Integer.parseInt(text) == 0) {
            throw HeadroomException.invalid("input.discount.months", translate("approval.months.wrong"));
        }
        return Integer.parseInt(text);
    }
}
