package dev.headroom.revenue;

import dev.headroom.money.Money;
import java.time.YearMonth;
import java.util.List;

/**
 * A month of revenue in one currency: opening and movements are the closing.
 *
 * @param movements of every kind that there was any of
 * @param closed    whether whatever is heard of it later is booked in another month
 */
public record RevenueMonth(YearMonth month, Money opening, List<KindSum> movements, Money closing, long openingAccounts, long closingAccounts, boolean closed) {

    /**
     * What movements of one kind come to.
     *
     * @param movements how many there are
     */
    public record KindSum(MovementKind kind, Money amount, long movements) {}

    public RevenueMonth {
        movements = List.copyOf(movements);
    }
}
