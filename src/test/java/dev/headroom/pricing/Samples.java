package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel.PerSeat;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Interval;
import dev.headroom.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;

/** Short ways to write the facts that the examples of this package share. */
final class Samples {

    static final Currency USD = Currency.getInstance("USD");
    /** April 2026, thirty days. */
    static final Period APRIL = period("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z");
    static final Instant MID_APRIL = Instant.parse("2026-04-16T00:00:00Z");

    private Samples() {}

    static Money usd(long minor) {
        return new Money(minor, USD);
    }

    static UnitPrice cents(String minor) {
        return new UnitPrice(new BigDecimal(minor), USD);
    }

    static Price monthly(long minor) {
        return new Price(Interval.MONTH, USD, new PerSeat(UnitPrice.of(usd(minor))));
    }

    static Price yearly(long minor) {
        return new Price(Interval.YEAR, USD, new PerSeat(UnitPrice.of(usd(minor))));
    }

    static Period period(String from, String until) {
        return new Period(Instant.parse(from), Instant.parse(until));
    }

    /** An item named and sold by one word; the subscription item is always the same. */
    static Item plan(String name, Price price, long quantity) {
        return Item.of("plan", name, name, price, quantity);
    }

    static Item with(Item item, Discount... discounts) {
        return new Item(
                item.ref(), item.offering(), item.name(), item.kind(), item.price(), item.quantity(), List.of(discounts));
    }

    static Discount percentOff(String ref, String percent, Discount.Term term) {
        return new Discount(ref, new Discount.Reduction.PercentOff(new BigDecimal(percent)), term, Instant.EPOCH);
    }

    static Discount amountOff(String ref, long minor, Discount.Term term) {
        return new Discount(ref, new Discount.Reduction.AmountOff(usd(minor)), term, Instant.EPOCH);
    }

    /** The items as a renewal at the beginning of the period leaves them. */
    static List<BilledItem> billed(Period period, Item... items) {
        List<BilledItem> fresh = List.of(items).stream().map(item -> new BilledItem(item, List.of())).toList();
        return Renewal.of(fresh, period, usd(0)).items();
    }

    static Change in(Period period, Instant at) {
        return new Change(period, at, BillingMode.FLEXIBLE, Proration.INVOICE_NOW, List.of(), 0);
    }

    static Change inApril(String at) {
        return in(APRIL, Instant.parse(at));
    }

    /** Facts under construction; only what an example is about needs saying. */
    record Change(
            Period period, Instant at, BillingMode mode, Proration proration, List<BilledItem> current, long balance) {

        Change mode(BillingMode other) {
            return new Change(period, at, other, proration, current, balance);
        }

        Change classic() {
            return mode(BillingMode.CLASSIC);
        }

        Change unprorated() {
            return new Change(period, at, mode, Proration.NONE, current, balance);
        }

        Change balance(long minor) {
            return new Change(period, at, mode, proration, current, minor);
        }

        Change from(List<BilledItem> items) {
            return new Change(period, at, mode, proration, items, balance);
        }

        Change from(Item... items) {
            return from(billed(period, items));
        }

        QuotationFacts facts(Item... target) {
            return new QuotationFacts(
                    at, mode, proration, current, List.of(target), period, new BillingAnchor(period.from()), null, null, usd(balance));
        }

        Quotation to(Item... target) {
            return Quotation.of(facts(target));
        }
    }
}
