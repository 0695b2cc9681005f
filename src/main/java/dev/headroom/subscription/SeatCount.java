package dev.headroom.subscription;

import dev.headroom.catalog.CatalogSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * How many seats of a subscription were bought and are held.
 *
 * @param bought how many may be held; absent is unlimited
 * @param used   how many members hold one; more than bought after a downgrade, because nobody is robbed of a seat
 */
public record SeatCount(AccountSubscription subscription, @Nullable Long bought, long used) {

    public static SeatCount of(AccountSubscription subscription, CatalogSnapshot catalog, long used) {
        return new SeatCount(subscription, subscription.seatsBought(catalog), used);
    }
}
