package dev.headroom.console.revenue;

import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.console.QueryState;
import dev.headroom.id.Ids;
import dev.headroom.money.Currencies;
import dev.headroom.money.UnsupportedCurrencyException;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.Segments.Dimension;
import dev.headroom.revenue.Segments.Slice;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The address of a list of movements says which they are, in the same words as the API's; and back. */
final class MovementAddress {

    static final String KINDS = "kinds";
    static final String ACCOUNT = "account";
    static final String COHORT = "cohort";
    static final String PAYING = "paying";
    static final String RETURNED = "returned";
    static final String FIRST = "first";
    static final String BY = "by";
    static final String KEY = "key";
    static final String SEGMENT_FROM = "segmentFrom";

    private MovementAddress() {}

    static String of(MovementFilter filter) {
        return of(filter, Map.of());
    }

    /** @param telling what else the address says: in which currency they are told, and by whose rates */
    static String of(MovementFilter filter, Map<String, String> telling) {
        Map<String, String> chosen = new LinkedHashMap<>(telling);
        put(chosen, Scope.CURRENCY, Optional.ofNullable(filter.currency()).map(Currency::getCurrencyCode));
        put(chosen, Scope.FROM, Optional.ofNullable(filter.from()));
        put(chosen, Scope.UNTIL, Optional.ofNullable(filter.until()));
        put(chosen, KINDS, Optional.of(kinds(filter.kinds())).filter(text -> !text.isEmpty()));
        put(chosen, ACCOUNT, Optional.ofNullable(filter.account()));
        put(chosen, COHORT, Optional.ofNullable(filter.cohort()));
        put(chosen, PAYING, Optional.ofNullable(filter.paying()));
        put(chosen, RETURNED, Optional.ofNullable(filter.returned()));
        put(chosen, FIRST, Optional.of(filter.first()).filter(first -> first));
        put(chosen, BY, Optional.ofNullable(filter.slice()).map(Slice::by));
        put(chosen, KEY, Optional.ofNullable(filter.slice()).map(Slice::key));
        put(chosen, SEGMENT_FROM, Optional.ofNullable(filter.slice()).map(Slice::from));
        return new Location(MovementsView.PATH, QueryParameters.simple(chosen)).getPathWithQueryParameters();
    }

    private static void put(Map<String, String> chosen, String name, Optional<?> value) {
        value.ifPresent(known -> chosen.put(name, known.toString()));
    }

    /** As an address writes them. */
    static String kinds(Set<MovementKind> kinds) {
        return kinds.stream().sorted().map(Enum::name).collect(Collectors.joining(","));
    }

    /** What nobody could have meant is left out; absent where a currency or a range is meant that there is not. */
    static Optional<MovementFilter> read(QueryState state) {
        Optional<YearMonth> from = Scope.month(state, Scope.FROM);
        Optional<YearMonth> until = Scope.month(state, Scope.UNTIL);
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MovementFilter(
                    state.get(Scope.CURRENCY).map(Currencies::parse).orElse(null), from.orElse(null), until.orElse(null), named(state),
                    state.get(ACCOUNT).flatMap(Ids::parse).orElse(null), Scope.month(state, COHORT).orElse(null), Scope.month(state, PAYING).orElse(null),
                    Scope.month(state, RETURNED).orElse(null), slice(state).orElse(null), state.get(FIRST).filter("true"::equals).isPresent()));
        } catch (UnsupportedCurrencyException unknown) {
            return Optional.empty();
        }
    }

    /** Where no country is known its key is empty, which no address mentions. */
    private static Optional<Slice> slice(QueryState state) {
        return Arrays.stream(Dimension.values()).filter(each -> state.get(BY).filter(each.name()::equals).isPresent()).findFirst()
                .filter(by -> isKey(by, state.get(KEY).orElse("")))
                .flatMap(by -> Scope.month(state, SEGMENT_FROM).map(from -> new Slice(by, state.get(KEY).orElse(""), from)));
    }

    private static boolean isKey(Dimension by, String key) {
        return switch (by) {
            case PRODUCT, PLAN -> !key.isEmpty();
            case COUNTRY -> key.isEmpty() || key.matches("[A-Z]{2}");
            case SIZE -> key.matches("\\d{1,12}");
            case COHORT -> key.matches("\\d{4}");
        };
    }

    private static Set<MovementKind> named(QueryState state) {
        List<String> names = List.of(state.get(KINDS).orElse("").split(",", -1));
        return Arrays.stream(MovementKind.values()).filter(kind -> names.contains(kind.name())).collect(Collectors.toSet());
    }
}
