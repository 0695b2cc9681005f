package dev.headroom.usage;

import dev.headroom.account.Account;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the vendor's product and counts.
 *
 * @param id         the caller's, unique in the account: the same id with the same content counts once
 * @param account    the vendor's key
 * @param meter      key of a feature that counts events of its own; others may count them too
 * @param quantity   in the meter's unit, not negative; absent is 1
 * @param at         absent is now; up to 35 days ago, up to 5 minutes ahead
 * @param properties free, kept with the event; meters filter, group and count by them
 */
public record UsageEvent(
        String id, String account, String meter, @Nullable Long quantity, @Nullable Instant at, @Nullable Map<String, Object> properties) {

    /** The same of another account. */
    UsageEvent of(Account other) {
        return new UsageEvent(id, other.key(), meter, quantity, at, properties);
    }
}
