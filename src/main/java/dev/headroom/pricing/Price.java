package dev.headroom.pricing;

import dev.headroom.money.CurrencyMismatchException;
import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.money.Rounding;
import dev.headroom.pricing.ChargeModel.Flat;
import dev.headroom.pricing.ChargeModel.Graduated;
import dev.headroom.pricing.ChargeModel.Packaged;
import dev.headroom.pricing.ChargeModel.PerSeat;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.ChargeModel.Volume;
import dev.headroom.time.Interval;
import java.util.Currency;
import java.util.stream.Stream;

/** What a quantity costs in one interval and one currency. */
public record Price(Interval interval, Currency currency, ChargeModel model) {

    /** @throws CurrencyMismatchException when a part of the model is in another currency */
    public Price {
        Currency own = currency;
        currencies(model).forEach(other -> Amounts.requireSameCurrency(own, other));
    }

    /**
     * The price of a quantity for one interval, with the steps that lead to it.
     *
     * @throws IllegalArgumentException when the quantity is not between 0 and 1,000,000,000, or the amount is too large
     */
    public Rating rate(long quantity) {
        return Rating.of(this, quantity);
    }

    /** The list price a month: the exact price of the interval over its months, rounded once. */
    public Money mrr(long quantity) {
        return Rounding.toMoney(monthly(Ratio.of(rate(quantity).exact())), currency);
    }

    Ratio monthly(Ratio exact) {
        return exact.times(Ratio.of(1, interval.months()));
    }

    private static Stream<Currency> currencies(ChargeModel model) {
        return switch (model) {
            case Flat flat -> Stream.of(flat.fee().currency());
            case PerSeat perSeat -> Stream.of(perSeat.seat().currency());
            case Volume volume -> volume.tiers().stream().map(Price::currency);
            case Graduated graduated -> graduated.tiers().stream().map(Price::currency);
            case Packaged packaged -> Stream.of(packaged.each().currency());
        };
    }

    private static Currency currency(Tier tier) {
        return tier.unit().currency();
    }
}
