package dev.headroom.console.revenue;

import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.console.QueryState;
import dev.headroom.revenue.PayingAccounts.Filter;
import java.time.YearMonth;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;

/** The address of the accounts that paid at the end of a month; and back. */
final class PayingAddress {

    static final String MONTH = "month";
    static final String COHORT = "cohort";
    static final String PAYING = "paying";
    static final String SEVERAL = "severalProducts";

    private PayingAddress() {}

    /** Of one currency. */
    static String of(Filter filter) {
        return of(Map.of(Scope.CURRENCY, filter.currency().getCurrencyCode()), filter);
    }

    /**
     * @param telling the currency, or in which one all of them are told and by whose rates
     * @param filter  of whichever of them
     */
    static String of(Map<String, String> telling, Filter filter) {
        Map<String, String> chosen = new LinkedHashMap<>(telling);
        chosen.put(MONTH, filter.month().toString());
        if (filter.cohort() != null) {
            chosen.put(COHORT, filter.cohort().toString());
        }
        if (filter.paying() != null) {
            chosen.put(PAYING, filter.paying().toString());
        }
        if (filter.several()) {
            chosen.put(SEVERAL, Boolean.TRUE.toString());
        }
        return new Location(PayingView.PATH, QueryParameters.simple(chosen)).getPathWithQueryParameters();
    }

    /** @param now the month that is meant where the address names none */
    static Filter read(QueryState state, Currency currency, YearMonth now) {
        return new Filter(
                currency, Scope.month(state, MONTH).orElse(now), Scope.month(state, COHORT).orElse(null), Scope.month(state, PAYING).orElse(null),
                state.get(SEVERAL).filter(Boolean.TRUE.toString()::equals).isPresent());
    }
}
