package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.money.Money;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Seats that were asked for and are bought together once nobody has asked for others for a while.
 *
 * @param seats     of the plan, in all
 * @param promised  the most that may be charged for them; absent where the cap of an expansion was agreed to
 * @param actor     the name of who asked last
 * @param settlesAt when they are bought, unless somebody asks again before
 */
record SeatGathering(
        AccountId account, SubscriptionId subscription, UUID id, long seats, @Nullable Money promised, String actor, Instant askedAt, Instant settlesAt) {

    SeatGathering at(Instant settles) {
        return new SeatGathering(account, subscription, id, seats, promised, actor, askedAt, settles);
    }
}
