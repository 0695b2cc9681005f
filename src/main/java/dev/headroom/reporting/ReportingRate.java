package dev.headroom.reporting;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * An entry of finance: what one of a currency is in another, from a month on until an entry of a later one begins.
 *
 * @param number     counts up with every entry; of those for one month the highest counts
 * @param in         the currency that revenue is told in
 * @param month      the first that it stands in
 * @param rate       how much of {@code in} one of {@code currency} is, in major units of both; exact
 * @param correction why another rate came to stand in a closed month; absent where none did
 */
public record ReportingRate(
        long number, Currency currency, Currency in, YearMonth month, BigDecimal rate, @Nullable String correction, String setBy, Instant setAt) {

    /** As many decimals as it needs. */
    public ReportingRate {
        rate = rate.stripTrailingZeros();
        rate = rate.scale() < 0 ? rate.setScale(0) : rate;
    }
}
