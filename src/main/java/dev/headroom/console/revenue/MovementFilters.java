package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import dev.headroom.console.QueryState;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementKind;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which movements: currency, months and kinds, as the address says it, and back. */
final class MovementFilters extends Div {

    private static final int MONTHS = 120;

    private final QueryState state;
    private final Consumer<QueryState> changed;

    MovementFilters(List<Currency> currencies, YearMonth now, QueryState state, Consumer<QueryState> changed) {
        this.state = state;
        this.changed = changed;
        addClassName("toolbar");
        Optional<MovementFilter> asked = MovementAddress.read(state);
        List<YearMonth> months = Stream.iterate(now, month -> month.minusMonths(1)).limit(MONTHS).toList();
        ComboBox<Currency> currency = box(translate("revenue.currency"), currencies, Currency::getCurrencyCode);
        ComboBox<YearMonth> from = box(translate("revenue.from"), months, When::monthText);
        ComboBox<YearMonth> last = box(translate("revenue.last"), months, When::monthText);
        MultiSelectComboBox<MovementKind> kinds = new MultiSelectComboBox<>(translate("revenue.kinds"), MovementKind.values());
        kinds.setItemLabelGenerator(Words::of);
        kinds.setPlaceholder(translate("revenue.all"));
        kinds.setClearButtonVisible(true);
        asked.map(MovementFilter::currency).filter(currencies::contains).ifPresent(currency::setValue);
        Scope.month(state, Scope.FROM).ifPresent(from::setValue);
        Scope.month(state, Scope.UNTIL).ifPresent(month -> last.setValue(month.minusMonths(1)));
        kinds.setValue(asked.map(MovementFilter::kinds).orElse(Set.of()));
        follow(currency, Scope.CURRENCY, Currency::getCurrencyCode);
        follow(from, Scope.FROM, YearMonth::toString);
        follow(last, Scope.UNTIL, month -> month.plusMonths(1).toString());
        follow(kinds, MovementAddress.KINDS, MovementAddress::kinds);
        add(currency, from, last, kinds);
    }

    private static <T> ComboBox<T> box(String label, List<T> items, Function<T, String> name) {
        ComboBox<T> box = new ComboBox<>(label);
        box.setItems(items);
        box.setItemLabelGenerator(name::apply);
        box.setPlaceholder(translate("revenue.all"));
        box.setClearButtonVisible(true);
        return box;
    }

    private <T> void follow(HasValue<?, T> field, String name, Function<T, String> text) {
        field.addValueChangeListener(change -> {
            state.choose(name, change.getValue() == null ? null : text.apply(change.getValue()));
            changed.accept(state);
        });
    }
}
