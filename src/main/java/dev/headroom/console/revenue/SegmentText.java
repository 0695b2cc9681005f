package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.money.Money;
import dev.headroom.revenue.Segments.Dimension;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** What a piece of revenue is called. */
final class SegmentText {

    /** In minor units: below it is the first of the bands, from where on the last. */
    private static final long FIRST = 10_000;
    private static final long LAST = 1_000_000;
    private static final long NEXT = 10;

    private SegmentText() {}

    /** @param currency absent where there are several: a size is of what is paid in its own */
    static String of(Dimension by, String key, String name, @Nullable Currency currency) {
        return switch (by) {
            case PRODUCT, PLAN, COHORT -> name;
            case COUNTRY -> key.isEmpty() ? translate("revenue.country.unknown") : Words.country(key);
            case SIZE -> currency == null ? translate("revenue.size.own", Long.parseLong(key)) : size(Long.parseLong(key), currency);
        };
    }

    private static String size(long least, Currency currency) {
        if (least == 0) {
            return translate("revenue.size.nothing");
        }
        if (least < FIRST) {
            return translate("revenue.size.below", Figures.money(new Money(FIRST, currency)));
        }
        return least >= LAST
                ? translate("revenue.size.from", Figures.money(new Money(least, currency)))
                : translate("revenue.size", Figures.money(new Money(least, currency)), Figures.money(new Money(least * NEXT, currency)));
    }
}
