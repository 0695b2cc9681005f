package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.headroom.console.QueryState;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.revenue.Retention.Definition;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which currency, which range, by which definition: as the address says it, and back. */
final class ScopeBar extends Div {

    /** So that no range breaks in two. */
    private static final String RANGE = "14rem";

    private final QueryState state;
    private final Runnable changed;

    ScopeBar(Scope scope, List<Currency> currencies, QueryState state, Runnable changed) {
        this.state = state;
        this.changed = changed;
        addClassName("toolbar");
        Select<Told> currency = select(translate("revenue.currency"), Told.among(scope, currencies), new Told(scope.currency(), scope.rates() != null), Told::text);
        currency.addValueChangeListener(change -> choose(change.getValue()));
        add(currency);
        Optional.ofNullable(scope.rates()).ifPresent(month -> add(rates(month, scope)));
    }

    /** Range and definition as well, for a page that tells of them. */
    ScopeBar ranged(Scope scope) {
        Select<Preset> preset = select(translate("revenue.range"), List.of(Preset.values()), Preset.of(scope).orElse(null), Words::of);
        preset.setPlaceholder(translate("revenue.range.other"));
        preset.setWidth(RANGE);
        preset.addValueChangeListener(change -> choose(change.getValue().range(scope.now())));
        List<YearMonth> months = Stream.iterate(scope.now(), month -> month.minusMonths(1)).limit(2L * Scope.MOST_MONTHS).toList();
        Select<YearMonth> from = select(translate("revenue.from"), months, scope.from(), When::monthText);
        from.addValueChangeListener(change -> choose(from(change.getValue(), scope.until())));
        Select<YearMonth> last = select(translate("revenue.last"), months, scope.last(), When::monthText);
        last.addValueChangeListener(change -> choose(until(scope.from(), change.getValue().plusMonths(1))));
        Select<Definition> definition = select(translate("revenue.definition"), List.of(Definition.values()), scope.definition(), Words::of);
        definition.addValueChangeListener(change -> choose(Scope.DEFINITION, change.getValue().name()));
        add(preset, from, last, definition);
        return this;
    }

    /** What was chosen last stays; the other end follows where there would be no range, or too long a one. */
    private static List<YearMonth> from(YearMonth from, YearMonth until) {
        return List.of(from, fits(from, until) ? until : from.plusMonths(1));
    }

    private static List<YearMonth> until(YearMonth from, YearMonth until) {
        return List.of(fits(from, until) ? from : until.minusMonths(1), until);
    }

    private static boolean fits(YearMonth from, YearMonth until) {
        return from.isBefore(until) && !from.plusMonths(Scope.MOST_MONTHS).isBefore(until);
    }

    private static <T> Select<T> select(String label, List<T> items, @Nullable T value, Function<T, String> name) {
        Select<T> select = new Select<>();
        select.setLabel(label);
        select.setItems(items);
        select.setItemLabelGenerator(item -> item == null ? "" : name.apply(item));
        select.setValue(value);
        return select;
    }

    /** One currency alone, or all of them told in it. */
    private record Told(Currency currency, boolean all) {

        static List<Told> among(Scope scope, List<Currency> currencies) {
            Stream<Told> alone = currencies.stream().map(each -> new Told(each, false));
            Stream<Told> all = currencies.size() > 1 ? currencies.stream().map(each -> new Told(each, true)) : Stream.empty();
            return Stream.of(alone, all, Stream.of(new Told(scope.currency(), scope.rates() != null))).flatMap(each -> each).distinct().toList();
        }

        String text() {
            return all ? translate("revenue.all.in", currency.getCurrencyCode()) : currency.getCurrencyCode();
        }
    }

    private Select<YearMonth> rates(YearMonth month, Scope scope) {
        List<YearMonth> months = Stream.concat(Stream.of(month), Stream.iterate(scope.now(), each -> each.minusMonths(1)).limit(2L * Scope.MOST_MONTHS)).distinct().toList();
        Select<YearMonth> rates = select(translate("revenue.rates.of"), months, month, When::monthText);
        rates.addValueChangeListener(change -> choose(Scope.RATES, change.getValue().toString()));
        return rates;
    }

    private void choose(Told told) {
        state.choose(told.all ? Scope.CURRENCY : Scope.IN, null);
        state.choose(Scope.RATES, null);
        choose(told.all ? Scope.IN : Scope.CURRENCY, told.currency.getCurrencyCode());
    }

    private void choose(String name, String value) {
        state.choose(name, value);
        changed.run();
    }

    private void choose(List<YearMonth> range) {
        state.choose(Scope.FROM, range.getFirst().toString());
        choose(Scope.UNTIL, range.getLast().toString());
    }
}
