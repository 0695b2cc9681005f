package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.money.Rounding;
import dev.headroom.pricing.Discounting.Net;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;

/**
 * What a change did to monthly recurring revenue (MRR), net of discounts that outlive one invoice.
 *
 * @param before each rounded once from its exact value
 * @param growth see {@link GrowthKind} for the rule
 * @param year   the same of twelve months, exact
 */
public record Movement(Money before, Money after, GrowthKind growth, Year year) {

    /**
     * Twelve months of recurring revenue in minor units: exact, where a month of a yearly price is not.
     *
     * @param dearer whether it costs more before discounts; a price increase that is not dearer is a discount that left
     */
    public record Year(BigDecimal before, BigDecimal after, boolean dearer) {}

    private static final Ratio MONTHS = Ratio.of(12, 1);
    private static final int DECIMALS = 12;

    /** @param at discounts that do not run then do not count */
    public static Movement between(List<Item> before, List<Item> after, Currency currency, Instant at) {
        List<Net> old = Discounting.exact(Quotation.lasting(before, at), BillingMode.FLEXIBLE);
        List<Net> now = Discounting.exact(Quotation.lasting(after, at), BillingMode.FLEXIBLE);
        GrowthKind growth = before.isEmpty() && after.isEmpty() ? GrowthKind.NONE : Growth.kind(old, now);
        Ratio was = Growth.monthly(old);
        Ratio is = Growth.monthly(now);
        return new Movement(
                Rounding.toMoney(was, currency), Rounding.toMoney(is, currency), growth,
                new Year(year(was), year(is), Growth.gross(now).compareTo(Growth.gross(old)) > 0));
    }

    /** The same of a subscription beside others that its account pays for: who comes with it is no new customer, and who goes with it has not left. */
    public Movement besideOthers() {
        return switch (growth) {
            case NEW -> new Movement(before, after, GrowthKind.CROSS_SELL, year);
            case CHURN -> new Movement(before, after, GrowthKind.CONTRACTION, year);
            case UPSELL, CROSS_SELL, SEAT_EXPANSION, USAGE_EXPANSION, PRICE_INCREASE, CONTRACTION, NONE -> this;
        };
    }

    /** Prices have up to twelve decimals, and a discount is whole minor units: of twelve months nothing is left that has more. */
    private static BigDecimal year(Ratio month) {
        return month.times(MONTHS).decimal(DECIMALS).stripTrailingZeros();
    }
}
