package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** How numbers and amounts are written, in the language of the reader; nowhere else is one turned into text. */
public final class Figures {

    private static final int MOST_DECIMALS = 12;

    private Figures() {}

    public static String money(Money money) {
        return inCurrency(money.major(), money.currency(), 0);
    }

    /** With a plus where it is one: for lines that add up. */
    public static String signed(Money money) {
        return money.isPositive() ? "+" + money(money) : money(money);
    }

    /** With as many decimals as the price has, which may be more than the currency's own. */
    public static String unitPrice(UnitPrice price) {
        return inCurrency(price.major(), price.currency(), MOST_DECIMALS);
    }

    /** Before rounding: minor units with whatever decimals they have. */
    public static String exact(BigDecimal minor, Currency currency) {
        return inCurrency(minor.movePointLeft(currency.getDefaultFractionDigits()), currency, MOST_DECIMALS);
    }

    public static String number(long number) {
        return NumberFormat.getIntegerInstance(ConsoleTexts.language()).format(number);
    }

    public static String percent(long percent) {
        return NumberFormat.getPercentInstance(ConsoleTexts.language()).format(BigDecimal.valueOf(percent, 2));
    }

    /** With the decimals that it has. */
    public static String percent(BigDecimal percent) {
        NumberFormat format = NumberFormat.getPercentInstance(ConsoleTexts.language());
        format.setMaximumFractionDigits(Math.max(0, percent.stripTrailingZeros().scale()));
        return format.format(percent.movePointLeft(2));
    }

    /** With the decimals that it has. */
    public static String decimal(BigDecimal number) {
        NumberFormat format = NumberFormat.getNumberInstance(ConsoleTexts.language());
        format.setMinimumFractionDigits(Math.max(0, number.scale()));
        format.setMaximumFractionDigits(Math.max(0, number.scale()));
        return format.format(number);
    }

    /** Of hundredths of a percent, with two decimals. */
    public static String points(long hundredths) {
        return ofPoints("0.00", hundredths) + "\u00a0%";
    }

    /** Of hundredths of a percent, as whole percent: for where many stand side by side and the exact one is told beside it. */
    public static String wholePoints(long hundredths) {
        return number(BigDecimal.valueOf(hundredths, 2).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /** The difference of two percentages, in percentage points. */
    public static String signedPoints(long hundredths) {
        return ofPoints("+0.00;-0.00", hundredths);
    }

    private static String ofPoints(String pattern, long hundredths) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(ConsoleTexts.language())).format(BigDecimal.valueOf(hundredths, 2));
    }

    /** In a few characters, for the axis of a picture; without its currency. */
    public static String compact(Money money) {
        return NumberFormat.getCompactNumberInstance(ConsoleTexts.language(), NumberFormat.Style.SHORT).format(money.major());
    }

    /** An amount that may have no bound. */
    public static String limit(@Nullable Long units) {
        return units == null ? translate("figure.unlimited") : number(units);
    }

    private static String inCurrency(BigDecimal major, Currency currency, int mostDecimals) {
        NumberFormat format = NumberFormat.getCurrencyInstance(ConsoleTexts.language());
        format.setCurrency(currency);
        format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
        format.setMaximumFractionDigits(Math.max(currency.getDefaultFractionDigits(), mostDecimals));
        return format.format(major);
    }
}
