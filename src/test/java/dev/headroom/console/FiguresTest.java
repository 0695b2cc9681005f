package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Currency USD = Currency.getInstance("USD");

    @AfterEach
    void nobody() {
        UI.setCurrent(null);
    }

    @Test
    void moneyIsWrittenAsTheReadersLanguageDoes() {
        read(Locale.US);
        assertThat(Figures.money(Money.of(123_456, "USD"))).isEqualTo("$1,234.56");
        assertThat(Figures.money(Money.of(-50, "USD"))).isEqualTo("-$0.50");
        assertThat(Figures.signed(Money.of(50, "USD"))).isEqualTo("+$0.50");
        read(Locale.GERMANY);
        assertThat(Figures.money(Money.of(123_456, "EUR"))).isEqualTo("1.234,56\u00a0€");
    }

    @Test
    void aCurrencyWithoutMinorUnitsHasNoDecimals() {
        read(Locale.US);
        assertThat(Figures.money(Money.of(1_234, "JPY"))).isEqualTo("¥1,234");
    }

    @Test
    void aUnitPriceKeepsEveryDecimalItHas() {
        read(Locale.US);
        assertThat(Figures.unitPrice(new UnitPrice(new BigDecimal("0.04"), USD))).isEqualTo("$0.0004");
        assertThat(Figures.unitPrice(new UnitPrice(new BigDecimal("500"), USD))).isEqualTo("$5.00");
    }

    @Test
    void percentAreWhole() {
        read(Locale.US);
        assertThat(Figures.percent(80)).isEqualTo("80%");
        read(Locale.GERMANY);
        assertThat(Figures.percent(105)).isEqualTo("105\u00a0%");
    }

    private static void read(Locale language) {
        UI ui = new UI();
        ui.setLocale(language);
        UI.setCurrent(ui);
    }
}
