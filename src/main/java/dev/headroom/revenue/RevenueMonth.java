package dev.headroom.revenue;

import dev.headroom.money.Money;
import java.time.YearMonth;
import java.util.List;

/**
 * A month of revenue in one currency: opening and movements are the closing.
 *
 * @param movements of every kind that there was any of
 * @param closed    whether nothing changes it any more: whatever is heard of it later is booked in another month
 * @param pastOpen  whether only a past that is brought may still change it
 */
public record RevenueMonth(
        YearMonth month, Money opening, List<KindSum> movements, Money closing, long openingAccounts, long closingAccounts, boolean closed, boolean pastOpen) {

    /**
     * What movements of one kind come to.
     *
     * @param movements how many there are
     */
    public record KindSum(MovementKind kind, Money amount, long movements) {}

    /** Of which the past is closed. */
    public RevenueMonth(YearMonth month, Money opening, List<KindSum> movements, Money closing, long openingAccounts, long closingAccounts, boolean closed) {
        this(month, opening, movements, closing, openingAccounts, closingAccounts, closed, false);
    }

    public RevenueMonth {
        movements = List.copyOf(movements);
    }
}
