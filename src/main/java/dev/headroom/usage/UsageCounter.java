package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of a feature an account used in one window.
 *
 * @param reserved held back on top, by open reservations
 * @param passedAt since when more than what is included is used; absent while it is not
 * @param revision rises whenever any of it changes: of two that were read the higher is the newer
 */
public record UsageCounter(
        AccountId account, FeatureId feature, Period window, long used, long reserved, @Nullable Instant passedAt, long revision) {

    /** One in which nothing was used. */
    public static UsageCounter empty(AccountId account, FeatureId feature, Period window) {
        return new UsageCounter(account, feature, window, 0, 0, null, 0);
    }

    UsageCounter plus(long moreUsed, long moreReserved) {
        return new UsageCounter(account, feature, window, Math.addExact(used, moreUsed), Math.addExact(reserved, moreReserved), passedAt, revision);
    }

    /** With what was noted of it since. */
    public UsageCounter noted(@Nullable Instant newPassedAt) {
        return new UsageCounter(account, feature, window, used, reserved, newPassedAt, revision + 1);
    }
}
