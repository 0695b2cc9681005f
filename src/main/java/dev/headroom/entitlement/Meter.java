package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.limits.Decision;
import java.time.Instant;
import java.util.List;
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

    /** Those of the answers that are about a counted feature which something grants. */
    public static List<Meter> among(List<Entitlement> entitlements) {
        return entitlements.stream().filter(now -> now.source() != null && counted(now.feature())).map(Meter::of).toList();
    }

    private static boolean counted(Feature feature) {
        return feature.kind() == FeatureKind.METER || feature.kind() == FeatureKind.ALLOWANCE;
    }

    private static Meter of(Entitlement now) {
        return new Meter(now.account(), now.feature(), now.used(), now.limit(), now.percent(), now.remaining(), now.state(), now.resetsAt());
    }
}
