package dev.headroom.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One feature across several plans.
 *
 * @param plans   in the order asked for; null where a plan does not grant the feature
 * @param differs whether the plans grant different amounts
 */
public record FeatureComparison(Feature feature, List<@Nullable PlanEntitlement> plans, boolean differs) {}
