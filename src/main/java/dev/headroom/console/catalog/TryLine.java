package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.headroom.console.Figures;
import dev.headroom.console.Sentences;
import dev.headroom.console.Words;
import dev.headroom.pricing.ChargeModel.Flat;
import dev.headroom.pricing.Price;
import dev.headroom.pricing.Rating;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line to try a price with: what a quantity costs and how that comes about, by the arithmetic that bills. */
@StyleSheet("tiers.css")
public final class TryLine extends Div {

    private static final int MOST_TRIED = 1_000_000;
    private static final int FIRST = 10;

    private final IntegerField quantity = new IntegerField(translate("price.try"));
    private final Span charge = new Span();
    private final Div how = new Div();
    private @Nullable Price price;

    public TryLine() {
        quantity.setMin(1);
        quantity.setMax(MOST_TRIED);
        quantity.setStepButtonsVisible(true);
        quantity.setValueChangeMode(ValueChangeMode.EAGER);
        quantity.setErrorMessage(translate("field.range", Figures.number(MOST_TRIED)));
        // Judged here and not by the field: whatever is no number arrives as nothing, and nothing would be no error to it.
        quantity.setManualValidation(true);
        quantity.setValue(FIRST);
        quantity.addValueChangeListener(change -> rate());
        charge.addClassName("charge");
        how.addClassNames("how", "quiet");
        Div answer = new Div(charge, how);
        answer.getElement().setAttribute("role", "status");
        addClassName("try");
        add(quantity, answer);
        setVisible(false);
    }

    /** @param other to be tried; not shown where there is none, or it is the same for every quantity */
    public void show(@Nullable Price other) {
        price = other;
        setVisible(other != null && !(other.model() instanceof Flat));
        rate();
    }

    private void rate() {
        Optional<Integer> tried = Optional.ofNullable(quantity.getValue()).filter(units -> units >= 1 && units <= MOST_TRIED);
        quantity.setInvalid(tried.isEmpty());
        how.removeAll();
        charge.setText("");
        if (price != null && tried.isPresent()) {
            rate(price, tried.get());
        }
    }

    private void rate(Price tried, int units) {
        try {
            Rating rating = tried.rate(units);
            charge.setText(translate("price.try.charge", Figures.money(rating.amount()), Words.of(tried.interval())));
            rating.steps().forEach(step -> how.add(new Div(translate("price.try.step", Sentences.of(step.explanation()), Figures.exact(step.exact(), tried.currency())))));
        } catch (IllegalArgumentException tooLarge) {
            charge.setText(translate("price.try.large"));
        }
    }
}
