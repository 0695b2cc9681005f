package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Consumer;

/** When a subscription ends: with its period, as is usual, at once, or at the beginning of a day in the account's zone. */
final class EndChoice extends Div {

    /** What can be said of it. */
    enum Time {
        PERIOD_END,
        NOW,
        AT_DATE
    }

    private final String product;
    private final ZoneId zone;
    private final RadioButtonGroup<Time> times = new RadioButtonGroup<>(translate("change.end.when"), Time.values());
    private final DatePicker date = new DatePicker(translate("change.end.date"));

    /**
     * @param asked   is told what is wished by now
     * @param awaited runs where a day is still to be chosen
     */
    EndChoice(String product, ZoneId zone, Consumer<RequestedChange> asked, Runnable awaited) {
        this.product = product;
        this.zone = zone;
        times.setItemLabelGenerator(EndChoice::label);
        times.setValue(Time.PERIOD_END);
        date.setVisible(false);
        times.addValueChangeListener(change -> {
            date.setVisible(change.getValue() == Time.AT_DATE);
            tell(asked, awaited);
        });
        date.addValueChangeListener(change -> tell(asked, awaited));
        add(times, date);
    }

    private void tell(Consumer<RequestedChange> asked, Runnable awaited) {
        LocalDate day = date.getValue();
        switch (times.getValue()) {
            case PERIOD_END -> asked.accept(RequestedChange.end(product, When.PERIOD_END));
            case NOW -> asked.accept(RequestedChange.end(product, When.NOW));
            case AT_DATE -> {
                if (day == null) {
                    awaited.run();
                } else {
                    asked.accept(RequestedChange.end(product, day.atStartOfDay(zone).toInstant()));
                }
            }
        }
    }

    private static String label(Time time) {
        return switch (time) {
            case NOW -> translate("change.end.now");
            case PERIOD_END -> translate("change.end.period");
            case AT_DATE -> translate("change.end.at");
        };
    }
}
