package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;
import java.util.Map;

/**
 * What was used in one window with certain values of the properties that a meter is grouped by.
 *
 * @param properties by name; a property that the events did not have is null
 */
public record UsageGroup(Map<String, Object> properties, long used) {

    /** The largest groups of one window. */
    public record Largest(AccountId account, FeatureId feature, Period window, int first) {}
}
