package dev.headroom.sync;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How our catalogue and Stripe's differ, and what making them level would do.
 *
 * @param fingerprint of the differences: two plans with the same one are the same
 */
public record CatalogPlan(String fingerprint, Instant comparedAt, List<Line> differences) {

    /**
     * One difference.
     *
     * @param subject  what it concerns, for machines: the same in every plan
     * @param name     what it concerns, for people
     * @param ours     how it is here; absent where it is not
     * @param theirs   how it is at Stripe; absent where it is not
     * @param stripeId of the object at Stripe; absent where there is none
     * @param applying what is done about it, a sentence
     */
    public record Line(
            DifferenceKind kind, String subject, String name, @Nullable String ours, @Nullable String theirs, @Nullable String stripeId, String applying) {}

    /** In the order in which they are made level. */
    public enum DifferenceKind {
        PRODUCT_MISSING,
        PRODUCT_RENAMED,
        PRODUCT_ARCHIVED,
        PRICE_MISSING,
        PRICE_DIFFERS,
        PRICE_ARCHIVED,
        PRICE_OUTDATED,
        LOOKUP_KEY_ELSEWHERE,
        COUPON_MISSING,
        COUPON_RENAMED,
        COUPON_DIFFERS,
        /** Made by hand at Stripe: left alone. */
        PRODUCT_FOREIGN,
        /** Made by hand at Stripe, of a product that is one of ours: left alone. */
        PRICE_FOREIGN;

        /** Whether anything is done about it. */
        public boolean applies() {
            return this != PRODUCT_FOREIGN && this != PRICE_FOREIGN;
        }
    }

    /** Whether making it level would do anything. */
    public boolean applies() {
        return differences.stream().anyMatch(line -> line.kind().applies());
    }
}
