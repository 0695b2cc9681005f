package dev.headroom.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurrenciesTest {

    @ParameterizedTest
    @CsvSource({"usd, 0.50 USD", "EUR, 0.50 EUR", "gbp, 0.30 GBP", "JPY, 50 JPY"})
    void everySupportedCurrencyHasASmallestCharge(String code, String smallest) {
        assertThat(Currencies.smallestCharge(Currencies.parse(code))).hasToString(smallest);
    }

    @ParameterizedTest
    @CsvSource({"UGX, billed in hundredths", "ISK, billed in hundredths", "KWD, three decimals", "CHF, not supported", "XQQ, not an ISO 4217"})
    void anyOtherCurrencyIsRefusedWithTheReason(String code, String reason) {
        assertThatThrownBy(() -> Currencies.parse(code))
                .isInstanceOf(UnsupportedCurrencyException.class)
                .hasMessageContaining(reason)
                .hasMessageEndingWith("use one of USD, EUR, GBP, JPY");
    }

    @ParameterizedTest
    @CsvSource({"USD, 0.04, 0.0004 USD", "USD, 2500, 25.00 USD", "JPY, 2500, 2500 JPY", "JPY, 0.5, 0.5 JPY"})
    void aUnitPriceIsReadInMajorUnits(String code, BigDecimal minor, String text) {
        assertThat(new UnitPrice(minor, Currency.getInstance(code))).hasToString(text);
    }

    @Test
    void unitPricesOfEqualValueAreEqual() {
        Currency usd = Currency.getInstance("USD");

        assertThat(new UnitPrice(new BigDecimal("1E+3"), usd)).isEqualTo(new UnitPrice(new BigDecimal("1000.00"), usd));
    }
}
