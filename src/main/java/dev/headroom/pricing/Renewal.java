package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The invoice of a whole billing period, and what stands billed afterwards.
 *
 * @param items without discounts that are spent or have run out
 */
public record Renewal(Invoice invoice, List<BilledItem> items) {

    /** Invoices the items for a period at its beginning, with the discounts that hold then. */
    public static Renewal of(List<BilledItem> items, Period period, Money balance) {
        return of(items, period, period.until(), balance);
    }

    /** The same for a period that ends before its time: each item is billed up to there. */
    static Renewal of(List<BilledItem> items, Period period, Instant until, Money balance) {
        Set<String> used = BilledItem.usedDiscounts(items);
        List<Item> renewed = items.stream()
                .map(billed -> billed.item().keeping(discount -> discount.runsAt(period.from())
                        && (discount.recurs() || !used.contains(discount.ref()))))
                .toList();
        List<BilledLine> lines = until.isBefore(period.until()) ? BilledLine.cutShort(renewed, period, until) : BilledLine.fullPeriods(renewed, period);
        Invoice invoice = Invoice.of(period.from(), lines.stream().map(BilledLine::line).toList(), balance);
        return new Renewal(invoice, IntStream.range(0, renewed.size())
                .mapToObj(i -> new BilledItem(renewed.get(i), List.of(Objects.requireNonNull(lines.get(i).debit()))))
                .toList());
    }
}
