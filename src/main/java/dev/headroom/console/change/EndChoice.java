package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import java.util.function.Consumer;

/** When a subscription ends: with its period, as is usual, or at once. */
final class EndChoice extends RadioButtonGroup<When> {

    /** @param asked is told what is wished by now */
    EndChoice(String product, Consumer<RequestedChange> asked) {
        super(translate("change.end.when"));
        setItems(When.PERIOD_END, When.NOW);
        setItemLabelGenerator(EndChoice::label);
        setValue(When.PERIOD_END);
        addValueChangeListener(change -> asked.accept(RequestedChange.end(product, change.getValue())));
    }

    private static String label(When when) {
        return switch (when) {
            case NOW -> translate("change.end.now");
            case PERIOD_END -> translate("change.end.period");
        };
    }
}
