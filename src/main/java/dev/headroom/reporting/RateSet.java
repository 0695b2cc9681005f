package dev.headroom.reporting;

import dev.headroom.money.Money;
import dev.headroom.money.Rounding;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rates that stood in a month, of every currency that revenue was ever booked in: whatever is told by them, of any month, has no exchange effect in it.
 *
 * @param in    the currency that revenue is told in
 * @param month in which they stand
 * @param fixed whether the month is closed, so that nothing but a correction changes them
 * @param rates one for each other currency
 */
public record RateSet(Currency in, YearMonth month, boolean fixed, List<ReportingRate> rates) {

    public RateSet {
        rates = List.copyOf(rates);
    }

    /** The one that revenue is told in, and all that are converted. */
    public List<Currency> currencies() {
        return Stream.concat(Stream.of(in), rates.stream().map(ReportingRate::currency)).toList();
    }

    /**
     * In minor units of {@code in}, not rounded.
     *
     * @throws IllegalArgumentException for a currency that there is no rate of
     */
    public BigDecimal exact(Money amount) {
        return rate(amount.currency()).multiply(amount.major()).movePointRight(in.getDefaultFractionDigits());
    }

    public BigDecimal exact(Collection<Money> amounts) {
        return amounts.stream().map(this::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Added up exactly, rounded once. */
    public Money told(Collection<Money> amounts) {
        return round(exact(amounts));
    }

    Money round(BigDecimal minor) {
        return Rounding.toMoney(minor, in);
    }

    private BigDecimal rate(Currency of) {
        if (of.equals(in)) {
            return BigDecimal.ONE;
        }
        return rates.stream().filter(each -> each.currency().equals(of)).findFirst().map(ReportingRate::rate)
                .orElseThrow(() -> new IllegalArgumentException("No rate of " + of + " in " + in));
    }
}
