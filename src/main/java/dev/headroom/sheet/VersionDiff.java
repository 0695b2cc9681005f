package dev.headroom.sheet;

import dev.headroom.sheet.PriceLine.TierLine;
import dev.headroom.time.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In what two versions differ, the later one as seen from the earlier one. Prices are compared by interval and currency, what is granted by
 * feature, tiers by their place.
 *
 * @param plan what is said of the plan itself
 */
public record VersionDiff(List<FieldChange> plan, List<PriceChange> prices, List<EntitlementChange> entitlements) {

    /** What became of something. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * @param field  as the sheet names it; {@code overage[USD]} for the price of a unit beyond the limit
     * @param before absent where nothing was said
     */
    public record FieldChange(String field, @Nullable String before, @Nullable String after) {}

    /**
     * @param interval absent while it is not written
     * @param before   absent when it was added
     * @param after    absent when it was removed
     * @param percent  by how much it rises, rounded once to two decimals; absent unless both are of one model with one amount, and it was not free
     * @param tiers    those that differ, where both have tiers of one model
     */
    public record PriceChange(
            Change change, @Nullable Interval interval, @Nullable String currency, @Nullable PriceLine before, @Nullable PriceLine after,
            @Nullable String percent, List<TierChange> tiers) {}

    /**
     * @param number  of the tier, from 1
     * @param percent by how much the one amount that differs rises; absent where both differ, or the end does
     */
    public record TierChange(Change change, int number, @Nullable TierLine before, @Nullable TierLine after, @Nullable String percent) {}

    /**
     * @param feature key
     * @param fields  those that differ; none where it was added or removed
     */
    public record EntitlementChange(
            Change change, String feature, @Nullable EntitlementLine before, @Nullable EntitlementLine after, List<FieldChange> fields) {}

    public static VersionDiff of(PlanSheet before, PlanSheet after) {
        return new VersionDiff(
                FieldDiffs.ofPlan(before, after), PriceDiffs.of(before.prices(), after.prices()), FieldDiffs.ofEntitlements(before.entitlements(), after.entitlements()));
    }

    public boolean identical() {
        return plan.isEmpty() && prices.isEmpty() && entitlements.isEmpty();
    }
}
