package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;

/**
 * What an invoice line charged for an item: flexible mode credits from it.
 *
 * @param period    what the line covers; begins mid-period when the line was itself a proration
 * @param name      the item's name on that line
 * @param net       what was charged after discounts, before tax; not negative
 * @param discounts refs of the discounts that the line used
 */
public record Debit(Period period, long quantity, String name, Money net, List<String> discounts) {

    public Debit {
        Amounts.requireNotNegative(net, "A debit");
        discounts = List.copyOf(discounts);
    }

    boolean runsAt(Instant at) {
        return period.secondsRemaining(at) > 0;
    }
}
