package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.console.Figures;
import dev.headroom.impact.Band;
import dev.headroom.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Changes of amounts in words. */
final class ImpactText {

    private static final int DECIMALS = 1;

    private ImpactText() {}

    /** "+$20.00 (+18.2%)"; without the percentage where there is none. */
    static String difference(Money before, Money after) {
        Money difference = after.minus(before);
        return before.isZero() || difference.isZero()
                ? Figures.signed(difference)
                : translate("impact.difference", Figures.signed(difference), percent(before, difference));
    }

    private static String percent(Money before, Money difference) {
        BigDecimal percent = BigDecimal.valueOf(difference.minor()).movePointRight(2).divide(BigDecimal.valueOf(before.minor()), DECIMALS, RoundingMode.HALF_UP);
        return (percent.signum() > 0 ? "+" : "") + Figures.percent(percent);
    }

    static String band(Band band) {
        Integer from = band.fromPercent();
        Integer until = band.untilPercent();
        if (from == null) {
            return until == null ? translate("impact.band.nothing") : translate("impact.band.below", signed(until));
        }
        if (until == null) {
            return translate("impact.band.above", signed(from));
        }
        return from.equals(until) ? translate("impact.band.same") : translate("impact.band", signed(from), signed(until));
    }

    private static String signed(int percent) {
        return (percent > 0 ? "+" : "") + Figures.percent(percent);
    }
}
