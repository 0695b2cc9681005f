package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import dev.headroom.console.When;
import dev.headroom.quote.Quote;
import dev.headroom.subscription.RequestedChange;
import java.time.ZoneId;
import java.util.Optional;

/** When the change takes effect; what is usual is told by each quote, for it depends on what is asked for. */
final class WhenChoice extends RadioButtonGroup<WhenChoice.Time> {

    private final ZoneId zone;

    /** What can be said of it. */
    enum Time {
        USUAL,
        NOW,
        PERIOD_END
    }

    WhenChoice(ZoneId zone, Runnable changed) {
        super(translate("change.when"));
        this.zone = zone;
        setItems(Time.values());
        setItemLabelGenerator(WhenChoice::label);
        setValue(Time.USUAL);
        addValueChangeListener(change -> changed.run());
    }

    private static String label(Time time) {
        return switch (time) {
            case USUAL -> translate("change.when.usual");
            case NOW -> translate("change.when.now");
            case PERIOD_END -> translate("change.when.end");
        };
    }

    /** Absent leaves it to what is usual. */
    Optional<RequestedChange.When> wanted() {
        return switch (getValue()) {
            case USUAL -> Optional.empty();
            case NOW -> Optional.of(RequestedChange.When.NOW);
            case PERIOD_END -> Optional.of(RequestedChange.When.PERIOD_END);
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
