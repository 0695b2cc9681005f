package dev.headroom.console.revenue;

import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.console.QueryState;
import dev.headroom.money.Currencies;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.PayingAccounts;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of revenue is looked at, as an address says it.
 *
 * @param currency that all is told in
 * @param from     the first month
 * @param until    the first month after the last one
 * @param now      the month that runs
 * @param rates    whose rates tell all currencies in that one; absent where that one is looked at alone
 */
record Scope(Currency currency, YearMonth from, YearMonth until, Definition definition, YearMonth now, @Nullable YearMonth rates) {

    static final String CURRENCY = "currency";
    static final String FROM = "from";
    static final String UNTIL = "until";
    static final String DEFINITION = "definition";
    /** All currencies, told in this one. */
    static final String IN = "in";
    static final String RATES = "rates";

    /** As many as one figure of retention may have. */
    static final int MOST_MONTHS = 60;
    static final int YEAR = 12;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 3000;

    /** One currency alone. */
    Scope(Currency currency, YearMonth from, YearMonth until, Definition definition, YearMonth now) {
        this(currency, from, until, definition, now, null);
    }

    /** What an address leaves open, or asks for in vain, is the last twelve months in the first currency; months to come are nobody's to see. */
    static Scope of(QueryState state, List<Currency> currencies, YearMonth now) {
        Currency currency = currencies.stream().filter(each -> state.get(CURRENCY).filter(each.getCurrencyCode()::equals).isPresent()).findFirst().orElse(currencies.getFirst());
        Definition definition = Arrays.stream(Definition.values()).filter(each -> state.get(DEFINITION).filter(each.name()::equals).isPresent()).findFirst()
                .orElse(Definition.MOVEMENTS);
        YearMonth end = now.plusMonths(1);
        YearMonth until = month(state, UNTIL).filter(month -> !month.isAfter(end)).orElse(end);
        YearMonth from = month(state, FROM).orElse(until.minusMonths(YEAR));
        boolean fits = from.isBefore(until) && !from.plusMonths(MOST_MONTHS).isBefore(until);
        Optional<Currency> in = in(state);
        return new Scope(in.orElse(currency), fits ? from : until.minusMonths(YEAR), until, definition, now, in.map(_ -> rates(state, until.minusMonths(1))).orElse(null));
    }

    /** The currency that all others are told in, where that is asked for. */
    static Optional<Currency> in(QueryState state) {
        return Currencies.supported().stream().filter(each -> state.get(IN).filter(each.getCurrencyCode()::equals).isPresent()).findFirst();
    }

    /** The month whose rates are asked for, or the last that is told of. */
    static YearMonth rates(QueryState state, YearMonth last) {
        return month(state, RATES).orElse(last);
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
        return over(from.minusMonths(months()), from);
    }

    /** Other months, told in the same way. */
    Scope over(YearMonth first, YearMonth end) {
        return new Scope(currency, first, end, definition, now, rates);
    }

    /** The same by a definition. */
    Scope by(Definition other) {
        return new Scope(currency, from, until, other, now, rates);
    }

    /** The one currency that is looked at; absent where it is all of them. */
    @Nullable Currency alone() {
        return rates == null ? currency : null;
    }

    /** Where the same is looked at in another way. */
    String address(String path) {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.putAll(telling());
        chosen.put(FROM, from.toString());
        chosen.put(UNTIL, until.toString());
        chosen.put(DEFINITION, definition.name());
        return new Location(path, QueryParameters.simple(chosen)).getPathWithQueryParameters();
    }

    /** How an address says in which currency, and by whose rates where it is all of them. */
    private Map<String, String> telling() {
        return rates == null ? Map.of(CURRENCY, currency.getCurrencyCode()) : new TreeMap<>(Map.of(IN, currency.getCurrencyCode(), RATES, rates.toString()));
    }

    /** Where these movements are listed, told in the same way. */
    String listed(MovementFilter filter) {
        return MovementAddress.of(filter, rates == null ? Map.of() : telling());
    }

    /** Where the accounts are listed that paid at the end of a month, told in the same way. */
    String paying(YearMonth month, @Nullable YearMonth cohort) {
        return paying(month, cohort, null);
    }

    /** Of those only who paid before a month, and since then without a break. */
    String paying(YearMonth month, @Nullable YearMonth cohort, @Nullable YearMonth paying) {
        return paying(new PayingAccounts.Filter(currency, month, cohort, paying, false));
    }

    /** @param filter of whichever currency */
    String paying(PayingAccounts.Filter filter) {
        return PayingAddress.of(telling(), filter);
    }

    /** Where everybody is listed who paid when the range began, told in the same way. */
    String retained() {
        Map<String, String> chosen = new LinkedHashMap<>(telling());
        chosen.put(FROM, from.toString());
        chosen.put(UNTIL, until.toString());
        return new Location(RetainedView.PATH, QueryParameters.simple(chosen)).getPathWithQueryParameters();
    }

    /** The movements of the range; of some kinds, or of any where none is named. */
    MovementFilter movements(Collection<MovementKind> kinds) {
        return new MovementFilter(alone(), from, until, Set.copyOf(kinds), null, null, null, null);
    }

    /** Those of them that retention counts. */
    MovementFilter retained(Collection<MovementKind> kinds) {
        return new MovementFilter(alone(), from, until, Set.copyOf(kinds), null, null, from, null);
    }

    /** The movements of one of its months. */
    MovementFilter movements(YearMonth month, @Nullable MovementKind kind) {
        return new MovementFilter(alone(), month, month.plusMonths(1), kind == null ? Set.of() : Set.of(kind), null, null, null, null);
    }
}
