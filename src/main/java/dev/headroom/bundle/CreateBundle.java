package dev.headroom.bundle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new bundle.
 *
 * @param percentOff more than 0 and at most 100, with up to two decimals
 * @param members    2 to 10
 * @param from       absent is now
 * @param until      exclusive; absent is until further notice
 */
public record CreateBundle(
        String idempotencyKey, String key, String name, BigDecimal percentOff, List<NewMember> members, @Nullable Instant from, @Nullable Instant until) {

    /**
     * One of its things: either any plan of a product or an add-on.
     *
     * @param product key
     * @param addOn   key
     * @param reduced absent is that it is
     */
    public record NewMember(@Nullable String product, @Nullable String addOn, @Nullable Boolean reduced) {}

    /** What came of it. */
    public sealed interface CreateBundleResult {}

    /** The bundle, now or by the same command before. */
    public record BundleCreated(Bundle bundle) implements CreateBundleResult {}

    /** A bundle with this key is there already. */
    public record BundleKeyTaken(Bundle bundle) implements CreateBundleResult {}
}
