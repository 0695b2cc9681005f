package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.console.Figures;
import dev.headroom.metrics.Metric;
import dev.headroom.metrics.Metric.Part;
import dev.headroom.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** A figure of growth in words: its value with its unit, what it is divided from, and its formula. */
final class GrowthText {

    private static final int HUNDREDTHS = 2;

    private GrowthText() {}

    /** A dash where there is none. */
    static String value(Metric.Kind kind, @Nullable Long value, Currency currency) {
        if (value == null) {
            return "–";
        }
        return switch (kind.unit()) {
            case POINTS -> Figures.points(value);
            case MINOR -> kind == Metric.Kind.EXPANSION_VELOCITY ? translate("revenue.growth.monthly", Figures.money(new Money(value, currency))) : Figures.money(new Money(value, currency));
            case HUNDREDTHS -> Figures.decimal(BigDecimal.valueOf(value, HUNDREDTHS));
            case DAYS -> translate("revenue.growth.days", value);
        };
    }

    static String part(Metric.Kind kind, Part of, boolean divided) {
        if (of.money() != null) {
            return Figures.money(of.money());
        }
        return switch (kind) {
            case AVERAGE_EXPANSION -> translate("revenue.growth.movements", of.count());
            case EXPANSION_VELOCITY -> translate("revenue.growth.months", of.count());
            case TIME_TO_EXPANSION -> translate(divided ? "revenue.growth.watched" : "revenue.growth.expanded", of.count());
            case EXPANSION_RATE, SEAT_EXPANSION_RATE, EXPANSION_SHARE, USAGE_SHARE, QUICK_RATIO, QUICK_RATIO_OF_ALL, LOGO_RETENTION, SEVERAL_PRODUCTS, ATTACH_RATE ->
                    translate("revenue.growth.accounts", of.count());
        };
    }

    /** @param rises whether a price increase counts as expansion */
    static String formula(Metric.Kind kind, boolean rises) {
        int counted = rises ? 1 : 0;
        return switch (kind) {
            case EXPANSION_RATE -> translate("revenue.growth.formula.rate", counted);
            case SEAT_EXPANSION_RATE -> translate("revenue.growth.formula.seats");
            case AVERAGE_EXPANSION -> translate("revenue.growth.formula.average", counted);
            case EXPANSION_SHARE -> translate("revenue.growth.formula.share", counted);
            case USAGE_SHARE -> translate("revenue.growth.formula.usage", counted);
            case EXPANSION_VELOCITY -> translate("revenue.growth.formula.velocity", counted);
            case QUICK_RATIO -> translate("revenue.growth.formula.quick", counted);
            case QUICK_RATIO_OF_ALL -> translate("revenue.growth.formula.quickAll");
            case LOGO_RETENTION -> translate("revenue.growth.formula.logos");
            case TIME_TO_EXPANSION -> translate("revenue.growth.formula.time", counted);
            case SEVERAL_PRODUCTS -> translate("revenue.growth.formula.several");
            case ATTACH_RATE -> translate("revenue.growth.formula.attach");
        };
    }
}
