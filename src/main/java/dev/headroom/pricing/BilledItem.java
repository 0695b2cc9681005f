package dev.headroom.pricing;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An item together with what was billed for it.
 *
 * @param debits those that still run; empty in a trial, after a change without proration, and for what is free
 */
public record BilledItem(Item item, List<Debit> debits) {

    public BilledItem {
        for (Debit debit : debits) {
            Amounts.requireSameCurrency(item.price().currency(), debit.net().currency());
        }
        debits = List.copyOf(debits);
    }

    /** Single-use discounts among these refs are spent. */
    static Set<String> usedDiscounts(Collection<BilledItem> items) {
        return items.stream()
                .flatMap(item -> item.debits.stream())
                .flatMap(debit -> debit.discounts().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
