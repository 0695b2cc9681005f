package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.money.Rounding;
import dev.headroom.pricing.Discounting.Net;
import java.time.Instant;
import java.util.Currency;
import java.util.List;

/**
 * What a change did to monthly recurring revenue (MRR), net of discounts that outlive one invoice.
 *
 * @param before each rounded once from its exact value
 * @param growth see {@link GrowthKind} for the rule
 */
public record Movement(Money before, Money after, GrowthKind growth) {

    /** @param at discounts that do not run then do not count */
    public static Movement between(List<Item> before, List<Item> after, Currency currency, Instant at) {
        List<Net> old = Discounting.exact(Quotation.lasting(before, at), BillingMode.FLEXIBLE);
        List<Net> now = Discounting.exact(Quotation.lasting(after, at), BillingMode.FLEXIBLE);
        GrowthKind growth = before.isEmpty() && after.isEmpty() ? GrowthKind.NONE : Growth.kind(old, now);
        return new Movement(
                Rounding.toMoney(Growth.monthly(old), currency), Rounding.toMoney(Growth.monthly(now), currency), growth);
    }
}
