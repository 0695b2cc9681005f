package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.limits.Decision;
import dev.headroom.pricing.Rating;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A counted feature of an account, as it stands.
 *
 * @param limit     units included; absent when unlimited
 * @param percent   used of included, whole percent rounded down; absent when unlimited
 * @param remaining units left; absent when unlimited
 * @param graceUntil exclusive; present while use beyond the limit is tolerated for so many days
 * @param blocksAt  the most units that may be used in all as things stand; absent when nothing blocks
 * @param overage   what use beyond the included amount comes to so far; absent unless it is allowed at a price
 * @param resetsAt  when used starts again from zero; absent for what is held
 */
public record Meter(
        AccountId account, Feature feature, long used, @Nullable Long limit, @Nullable Long percent, @Nullable Long remaining, Decision.State level,
        @Nullable Instant graceUntil, @Nullable Long blocksAt, Rating.@Nullable Overage overage, @Nullable Instant resetsAt) {

    static Meter of(Entitlement now) {
        return new Meter(
                now.account(), now.feature(), now.used(), now.limit(), now.percent(), now.remaining(), now.state(), now.graceUntil(), now.blocksAt(),
                now.overage(), now.resetsAt());
    }
}
