package dev.headroom.catalog;

import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.Price;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/** A price in a few words: "$29.00 a seat a month"; of an add-on "$99.00 each a month". */
public final class PriceSummary {

    private static final int MOST_DECIMALS = 14;

    private PriceSummary() {}

    public static String of(Price price, Plan.Kind kind, Locale locale) {
        String interval = switch (price.interval()) {
            case MONTH -> " a month";
            case YEAR -> " a year";
        };
        return words(price, kind, locale) + interval;
    }

    /** What one unit of a price costs that is the same for each: "$0.04". */
    public static String amount(UnitPrice price, Locale locale) {
        return unit(price, locale);
    }

    private static String words(Price price, Plan.Kind kind, Locale locale) {
        return switch (price.model()) {
            case ChargeModel.Flat flat -> money(flat.fee().major(), price.currency(), locale);
            case ChargeModel.PerSeat perSeat -> unit(perSeat.seat(), locale) + (kind == Plan.Kind.TIER ? " a seat" : " each");
            case ChargeModel.Volume volume -> "from " + first(volume.tiers(), locale);
            case ChargeModel.Graduated graduated -> "from " + first(graduated.tiers(), locale);
            case ChargeModel.Packaged packaged -> unit(packaged.each(), locale) + " for every " + packaged.size();
        };
    }

    private static String first(List<Tier> tiers, Locale locale) {
        Tier tier = tiers.getFirst();
        return tier.flatFee().isZero()
                ? unit(tier.unit(), locale) + " a unit"
                : money(tier.flatFee().major(), tier.flatFee().currency(), locale) + (tier.upTo() == null ? "" : " for up to " + tier.upTo());
    }

    private static String unit(UnitPrice price, Locale locale) {
        return money(price.major(), price.currency(), locale);
    }

    private static String money(BigDecimal major, Currency currency, Locale locale) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
        format.setMaximumFractionDigits(MOST_DECIMALS);
        return format.format(major);
    }
}
