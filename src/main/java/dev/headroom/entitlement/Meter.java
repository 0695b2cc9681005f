package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.limits.Decision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A counted feature of an account, as it stands.
 *
 * @param limit     units included; absent when unlimited
 * @param percent   used of included, whole percent rounded down; absent when unlimited
 * @param remaining units left; absent when unlimited
 * @param resetsAt  when used starts again from zero; absent for what is held
 */
public record Meter(
        AccountId account, Feature feature, long used, @Nullable Long limit, @Nullable Long percent, @Nullable Long remaining, Decision.State level,
        @Nullable Instant resetsAt) {

    static Meter of(Entitlement now) {
        return new Meter(now.account(), now.feature(), now.used(), now.limit(), now.percent(), now.remaining(), now.state(), now.resetsAt());
    }
}
