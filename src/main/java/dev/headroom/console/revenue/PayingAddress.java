package dev.headroom.console.revenue;

import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The address of the accounts that paid at the end of a month. */
final class PayingAddress {

    static final String MONTH = "month";
    static final String COHORT = "cohort";

    private PayingAddress() {}

    /**
     * @param telling the currency, or in which one all of them are told and by whose rates
     * @param cohort  only those that paid for the first time in this month
     */
    static String of(Map<String, String> telling, YearMonth month, @Nullable YearMonth cohort) {
        Map<String, String> chosen = new LinkedHashMap<>(telling);
        chosen.put(MONTH, month.toString());
        if (cohort != null) {
            chosen.put(COHORT, cohort.toString());
        }
        return new Location(PayingView.PATH, QueryParameters.simple(chosen)).getPathWithQueryParameters();
    }
}
