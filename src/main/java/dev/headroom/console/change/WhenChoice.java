package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import dev.headroom.console.When;
import dev.headroom.quote.Quote;
import dev.headroom.subscription.RequestedChange;
import java.time.ZoneId;

/**
 * When the change takes effect; what is usual is told by each quote, for it depends on what is asked for. A date is the beginning of a day in the
 * account's zone.
 */
final class WhenChoice extends RadioButtonGroup<WhenChoice.Time> {

    private final ZoneId zone;
    private final DatePicker date = new DatePicker(translate("change.when.date"));

    /** What can be said of it. */
    enum Time {
        USUAL,
        NOW,
        AT_DATE,
        PERIOD_END
    }

    WhenChoice(ZoneId zone, Runnable changed) {
        super(translate("change.when"));
        this.zone = zone;
        setItems(Time.values());
        setItemLabelGenerator(WhenChoice::label);
        setValue(Time.USUAL);
        date.setVisible(false);
        date.setHelperText(translate("change.when.date.later"));
        addValueChangeListener(change -> {
            date.setVisible(change.getValue() == Time.AT_DATE);
            changed.run();
        });
        date.addValueChangeListener(change -> changed.run());
    }

    /** Where a day is chosen, beside the rest. */
    DatePicker date() {
        return date;
    }

    /** Whether a day is still to be chosen. */
    boolean unclear() {
        return getValue() == Time.AT_DATE && date.getValue() == null;
    }

    private static String label(Time time) {
        return switch (time) {
            case USUAL -> translate("change.when.usual");
            case NOW -> translate("change.when.now");
            case AT_DATE -> translate("change.when.at");
            case PERIOD_END -> translate("change.when.end");
        };
    }

    /** The same change then. */
    RequestedChange of(RequestedChange change) {
        return switch (getValue()) {
            case USUAL -> change;
            case NOW -> change.at(RequestedChange.When.NOW);
            case AT_DATE -> change.at(date.getValue().atStartOfDay(zone).toInstant());
            case PERIOD_END -> change.at(RequestedChange.When.PERIOD_END);
        };
    }

    /** Says what is usual for what was just quoted; where it was asked for otherwise, only what nobody would expect. */
    void explain(Quote quote) {
        if (!quote.target().prorated()) {
            setHelperText(translate("change.when.unprorated"));
            return;
        }
        setHelperText(getValue() == Time.USUAL
                ? switch (quote.when()) {
                    case NOW, AT_DATE -> translate("change.when.usual.now");
                    case PERIOD_END -> translate("change.when.usual.end", When.dayText(quote.effectiveAt(), zone));
                }
                : "");
    }

    void explainNothing() {
        setHelperText("");
    }
}
