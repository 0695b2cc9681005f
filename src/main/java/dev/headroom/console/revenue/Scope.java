package dev.headroom.console.revenue;

import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.console.QueryState;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.Retention.Definition;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of revenue is looked at, as an address says it.
 *
 * @param from  the first month
 * @param until the first month after the last one
 * @param now   the month that runs
 */
record Scope(Currency currency, YearMonth from, YearMonth until, Definition definition, YearMonth now) {

    static final String CURRENCY = "currency";
    static final String FROM = "from";
    static final String UNTIL = "until";
    static final String DEFINITION = "definition";

    /** As many as one figure of retention may have. */
    static final int MOST_MONTHS = 60;
    static final int YEAR = 12;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 3000;

    /** What an address leaves open, or asks for in vain, is the last twelve months in the first currency; months to come are nobody's to see. */
    static Scope of(QueryState state, List<Currency> currencies, YearMonth now) {
        Currency currency = currencies.stream().filter(each -> state.get(CURRENCY).filter(each.getCurrencyCode()::equals).isPresent()).findFirst().orElse(currencies.getFirst());
        Definition definition = Arrays.stream(Definition.values()).filter(each -> state.get(DEFINITION).filter(each.name()::equals).isPresent()).findFirst()
                .orElse(Definition.MOVEMENTS);
        YearMonth end = now.plusMonths(1);
        YearMonth until = month(state, UNTIL).filter(month -> !month.isAfter(end)).orElse(end);
        YearMonth from = month(state, FROM).orElse(until.minusMonths(YEAR));
        boolean fits = from.isBefore(until) && !from.plusMonths(MOST_MONTHS).isBefore(until);
        return new Scope(currency, fits ? from : until.minusMonths(YEAR), until, definition, now);
    }

    /** Within the bounds of the API's. */
    static Optional<YearMonth> month(QueryState state, String name) {
        return state.get(name).flatMap(text -> {
            try {
                return Optional.of(YearMonth.parse(text)).filter(month -> month.getYear() >= FIRST_YEAR && month.getYear() < LAST_YEAR);
            } catch (DateTimeException unknown) {
                return Optional.empty();
            }
        });
    }

    int months() {
        return (int) from.until(until, ChronoUnit.MONTHS);
    }

    YearMonth last() {
        return until.minusMonths(1);
    }

    /** As many months before. */
    Scope before() {
        return new Scope(currency, from.minusMonths(months()), from, definition, now);
    }

    /** Where the same is looked at in another way. */
    String address(String path) {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put(CURRENCY, currency.getCurrencyCode());
        chosen.put(FROM, from.toString());
        chosen.put(UNTIL, until.toString());
        chosen.put(DEFINITION, definition.name());
        return new Location(path, QueryParameters.simple(chosen)).getPathWithQueryParameters();
    }

    /** The movements of the range; of some kinds, or of any where none is named. */
    MovementFilter movements(Collection<MovementKind> kinds) {
        return new MovementFilter(currency, from, until, Set.copyOf(kinds), null, null, null, null);
    }

    /** Those of them that retention counts. */
    MovementFilter retained(Collection<MovementKind> kinds) {
        return new MovementFilter(currency, from, until, Set.copyOf(kinds), null, null, from, null);
    }

    /** The movements of one of its months. */
    MovementFilter movements(YearMonth month, @Nullable MovementKind kind) {
        return new MovementFilter(currency, month, month.plusMonths(1), kind == null ? Set.of() : Set.of(kind), null, null, null, null);
    }
}
