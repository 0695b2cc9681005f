package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.headroom.console.QueryState;
import dev.headroom.console.TypedNumber;
import dev.headroom.console.When;
import dev.headroom.projection.Assumptions;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is assumed of the months to come, as the address says it, and back. What may not be assumed is said at its field, and assumed nowhere. */
final class AssumptionFields extends Div {

    private static final int POINT_DECIMALS = 2;
    private static final int MOST_DIGITS = 6;

    private final QueryState state;
    private final Runnable changed;

    /** @param first of the months to come */
    AssumptionFields(QueryState state, YearMonth first, Runnable changed) {
        this.state = state;
        this.changed = changed;
        addClassName("toolbar");
        int whole = Assumptions.WHOLE_POINTS;
        add(
                points(translate("course.churn"), WhatIfAddress.CHURN, -whole), percent(translate("course.contraction"), WhatIfAddress.CONTRACTION),
                percent(translate("course.expansion"), WhatIfAddress.EXPANSION), percent(translate("course.business"), WhatIfAddress.NEW_BUSINESS),
                points(translate("course.rise"), WhatIfAddress.RISE, 0), month(first), points(translate("course.loss"), WhatIfAddress.RISE_LOSS, 0));
    }

    /** Hundredths of a percent, typed as percent. */
    private TextField points(String label, String name, int least) {
        return field(label, name, 0, least, Assumptions.WHOLE_POINTS, POINT_DECIMALS);
    }

    private TextField percent(String label, String name) {
        return field(label, name, Assumptions.USUAL_PERCENT, 0, Assumptions.MOST_PERCENT, 0);
    }

    private TextField field(String label, String name, int usual, int least, int most, int decimals) {
        TextField field = new TextField(label);
        field.setValue(text(WhatIfAddress.number(state, name, usual, least, most), decimals));
        field.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        field.setErrorMessage(translate("course.wrong", text(least, decimals), text(most, decimals), decimals));
        field.addValueChangeListener(change -> {
            Optional<Integer> typed = typed(change.getValue(), usual, decimals).filter(number -> number >= least && number <= most);
            field.setInvalid(typed.isEmpty());
            typed.ifPresent(number -> choose(name, number == usual ? null : String.valueOf(number)));
        });
        return field;
    }

    private static String text(int number, int decimals) {
        return TypedNumber.text(BigDecimal.valueOf(number, decimals).stripTrailingZeros(), 0);
    }

    /** Nothing typed is as it is usual. */
    private static Optional<Integer> typed(String text, int usual, int decimals) {
        if (text.isBlank()) {
            return Optional.of(usual);
        }
        return TypedNumber.parse(text).map(number -> number.movePointRight(decimals).stripTrailingZeros())
                .filter(number -> number.scale() <= 0 && number.precision() - number.scale() <= MOST_DIGITS)
                .map(BigDecimal::intValueExact);
    }

    private Select<Integer> month(YearMonth first) {
        Select<Integer> month = new Select<>();
        month.setLabel(translate("course.rise.month"));
        month.setItems(IntStream.rangeClosed(1, Assumptions.MONTHS).boxed().toList());
        month.setItemLabelGenerator(number -> When.monthText(first.plusMonths(number - 1L)));
        month.setValue(WhatIfAddress.number(state, WhatIfAddress.RISE_MONTH, 1, 1, Assumptions.MONTHS));
        month.addValueChangeListener(change -> choose(WhatIfAddress.RISE_MONTH, change.getValue() == 1 ? null : String.valueOf(change.getValue())));
        return month;
    }

    private void choose(String name, @Nullable String value) {
        state.choose(name, value);
        changed.run();
    }
}
