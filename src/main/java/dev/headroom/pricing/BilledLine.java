package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.pricing.Discounting.Net;
import dev.headroom.pricing.InvoiceLine.Kind;
import dev.headroom.time.Period;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line together with the debit that it leaves behind.
 *
 * @param debit absent for a credit
 */
record BilledLine(InvoiceLine line, @Nullable Debit debit) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    static BilledLine creditOf(String item, Debit debit, Instant at) {
        String description = unused(Item.label(debit.name(), debit.quantity()), at);
        Money none = Money.zero(debit.net().currency());
        Portion portion = Portion.after(at, debit.period());
        return new BilledLine(
                InvoiceLine.of(
                        Kind.CREDIT, item, description, debit.quantity(), portion, debit.net(), none, Ratio.of(debit.net())),
                null);
    }

    static BilledLine creditOf(Net old, Portion rest) {
        return new BilledLine(line(Kind.CREDIT, unused(old.item().label(), rest.covered().from()), old, rest), null);
    }

    /** A discount makes it cheaper and is not used up by it: Stripe's prorations cannot be discounted, they only begin at a discounted price. */
    static BilledLine chargeFor(Net fresh, Portion rest) {
        String description = "Remaining time on " + fresh.item().label() + " after " + DAY.format(rest.covered().from());
        return charged(line(Kind.CHARGE, description, fresh, rest), fresh, List.of());
    }

    /** Of a period that has begun before its time: what is left of the cycle, as Stripe prorates it; a discount is not used up by it. */
    static BilledLine upTo(Net fresh, Portion rest) {
        String description = fresh.item().label() + " until " + DAY.format(rest.covered().until());
        return charged(line(Kind.CHARGE, description, fresh, rest), fresh, List.of());
    }

    static BilledLine fullPeriod(Net net, Period period) {
        return charged(line(Kind.FULL_PERIOD, net.item().label(), net, Portion.all(period)), net, net.discounts());
    }

    /** Whole periods of these items, each discount taken off the invoice once. */
    static List<BilledLine> fullPeriods(List<Item> items, Period period) {
        return Discounting.billed(items).stream().map(net -> fullPeriod(net, period)).toList();
    }

    /** Of a period that ends before its time, as Stripe prorates it: what a discount takes off is not used up by it. */
    static List<BilledLine> cutShort(List<Item> items, Period period, Instant until) {
        return Discounting.billed(items).stream()
                .map(net -> charged(line(Kind.CHARGE, net.item().label() + " until " + DAY.format(until), net, Portion.until(until, period)), net, List.of()))
                .toList();
    }

    private static BilledLine charged(InvoiceLine line, Net net, List<String> used) {
        return new BilledLine(line, new Debit(line.period(), line.quantity(), net.item().name(), line.amount(), used));
    }

    private static InvoiceLine line(Kind kind, String description, Net net, Portion portion) {
        Item item = net.item();
        return InvoiceLine.of(
                kind, item.ref(), description, item.quantity(), portion, net.grossAmount(), net.discountAmount(), net.net());
    }

    private static String unused(String label, Instant at) {
        return "Unused time on " + label + " after " + DAY.format(at);
    }
}
