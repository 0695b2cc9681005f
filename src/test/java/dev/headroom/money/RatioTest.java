package dev.headroom.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioTest {

    @Test
    void aThirdStaysAThird() {
        Ratio third = Ratio.of(1, 3);

        assertThat(third.plus(third).plus(third)).isEqualTo(Ratio.ONE);
        assertThat(third.minus(third)).isEqualTo(Ratio.ZERO);
        assertThat(third.times(Ratio.of(3, 1))).isEqualTo(Ratio.ONE);
    }

    @ParameterizedTest
    @CsvSource({"2, 4, 1/2", "-2, 4, -1/2", "2, -4, -1/2", "0, 7, 0/1", "22277, 133920, 22277/133920"})
    void itIsKeptInLowestTermsWithTheSignAbove(long numerator, long denominator, String text) {
        assertThat(Ratio.of(numerator, denominator)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1", "-1, 2, -1", "3, 2, 2", "-3, 2, -2", "1, 3, 0", "-2, 3, -1", "249, 100, 2"})
    void halvesAreRoundedAwayFromZero(long numerator, long denominator, long minor) {
        Currency usd = Currency.getInstance("USD");

        assertThat(Rounding.toMoney(Ratio.of(numerator, denominator), usd)).isEqualTo(new Money(minor, usd));
    }

    @Test
    void aDecimalBecomesARatioWithoutLoss() {
        assertThat(Ratio.of(new BigDecimal("0.04"))).isEqualTo(Ratio.of(1, 25));
        assertThat(Ratio.of(new BigDecimal("1E+3"))).isEqualTo(Ratio.of(1000, 1));
    }

    @Test
    void largerAndSmallerIsDecidedExactly() {
        assertThat(Ratio.of(1, 3)).isLessThan(Ratio.of(333_333_334, 1_000_000_000)).isGreaterThan(Ratio.of(333_333_333, 1_000_000_000));
    }

    @Test
    void aZeroDenominatorIsRefused() {
        assertThatThrownBy(() -> Ratio.of(1, 0)).hasMessage("A ratio cannot have the denominator zero: 1/0");
    }
}
