package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.money.Rounding;
import dev.headroom.pricing.Discounting.Net;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Interval;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a change costs, to the minor unit and with the way there: a pure function of {@link QuotationFacts}.
 *
 * @param now    what is invoiced at the quoted second; without lines when nothing is
 * @param next   the invoice after that, drawing on the balance that {@code now} leaves; absent once nothing is left to bill
 * @param period the billing period that runs after the change; in a trial the one that was given
 * @param anchor where later periods are counted from
 * @param items  the target with the debits that then stand for it: the {@code current} of a following change
 */
public record Quotation(
        Invoice now,
        @Nullable Invoice next,
        Recurring before,
        Recurring after,
        GrowthKind growth,
        Period period,
        BillingAnchor anchor,
        List<BilledItem> items) {

    /**
     * What comes back every interval, net of discounts that outlive one invoice.
     *
     * @param interval absent when there are no items
     * @param total    one interval's invoice
     * @param mrr      the exact total over the interval's months, rounded once
     */
    public record Recurring(@Nullable Interval interval, Money total, Money mrr) {}

    public static Quotation of(QuotationFacts facts) {
        ChangeBilling billing = new ChangeBilling(facts);
        List<BilledLine> lines = billing.lines();
        List<BilledItem> items = billing.items(lines);
        Invoice now = Invoice.of(facts.at(), lines.stream().map(BilledLine::line).toList(), facts.balance());
        List<Item> held = lasting(facts.held(), facts.at());
        List<Item> target = facts.target().stream().map(item -> item.keeping(discount -> discount.recurs() && discount.lastsPast(facts.at()))).toList();
        List<Net> before = exact(held);
        List<Net> after = exact(target);
        Schedule schedule = Schedule.after(facts, billing.period());
        return new Quotation(
                now,
                items.isEmpty() || facts.endsBefore(schedule.next()) ? null : Renewal.of(items, schedule.next(), facts.endOf(schedule.next()), now.endingBalance()).invoice(),
                recurring(held, before, facts.balance().currency()),
                recurring(target, after, facts.balance().currency()),
                Growth.kind(before, after),
                billing.period(),
                schedule.anchor(),
                items);
    }

    /** The same where another change is made with the next period: it has the later one's next invoice. */
    public Quotation followedBy(Quotation later) {
        return new Quotation(now, later.next, before, after, growth, period, anchor, items);
    }

    /** The same with the invoices as Stripe will make them. */
    public Quotation billing(Invoice told, @Nullable Invoice toldNext) {
        return new Quotation(told, toldNext, before, after, growth, period, anchor, items);
    }

    /** The discounts that count once and that what stands billed afterwards has used up. */
    public Set<String> spentDiscounts() {
        Set<String> used = BilledItem.usedDiscounts(items);
        return items.stream()
                .flatMap(billed -> billed.item().discounts().stream())
                .filter(discount -> !discount.recurs() && used.contains(discount.ref()))
                .map(Discount::ref)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What the customer pays at the quoted second: Stripe's {@code amount_due}. */
    public Money dueNow() {
        return now.due();
    }

    static List<Item> lasting(List<Item> items, Instant at) {
        return items.stream().map(item -> item.keeping(discount -> discount.recurs() && discount.runsAt(at))).toList();
    }

    private static List<Net> exact(List<Item> items) {
        return Discounting.exact(items, BillingMode.FLEXIBLE);
    }

    /** What items bring every interval, with the discounts that run at an instant and outlive one invoice. */
    public static Recurring recurring(List<Item> items, Instant at, Currency currency) {
        List<Item> lasting = lasting(items, at);
        return recurring(lasting, exact(lasting), currency);
    }

    private static Recurring recurring(List<Item> items, List<Net> exact, Currency currency) {
        Ratio total = Discounting.billed(items).stream().map(Net::net).reduce(Ratio.ZERO, Ratio::plus);
        return new Recurring(
                items.isEmpty() ? null : QuotationFacts.interval(items),
                Rounding.toMoney(total, currency),
                Rounding.toMoney(Growth.monthly(exact), currency));
    }
}
