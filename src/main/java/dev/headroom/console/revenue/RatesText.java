package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.reporting.RateSet;
import dev.headroom.reporting.ReportingRate;
import dev.headroom.reporting.ReportingRates.ReportingRatesMissing;
import java.util.Currency;
import java.util.stream.Collectors;

/** Rates as they are read. */
final class RatesText {

    private RatesText() {}

    /** By which rates all currencies are told in one, and whether they stay. */
    static String of(RateSet set) {
        String each = set.rates().isEmpty() ? translate("revenue.rates.alone") : set.rates().stream().map(RatesText::of).collect(Collectors.joining("; "));
        return translate("revenue.rates.by", set.in().getCurrencyCode(), When.monthText(set.month()), each, set.fixed() ? 1 : 0);
    }

    private static String of(ReportingRate rate) {
        return translate("revenue.rates.one", rate.currency().getCurrencyCode(), value(rate));
    }

    /** How much one is, with all its decimals. */
    static String value(ReportingRate rate) {
        return Figures.exact(rate.rate().movePointRight(rate.in().getDefaultFractionDigits()), rate.in());
    }

    static String of(ReportingRatesMissing missing) {
        return translate(
                "revenue.rates.missing", missing.currencies().stream().map(Currency::getCurrencyCode).collect(Collectors.joining(", ")), missing.in().getCurrencyCode(),
                When.monthText(missing.month()));
    }
}
