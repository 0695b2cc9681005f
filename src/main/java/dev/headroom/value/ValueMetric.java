package dev.headroom.value;

import dev.headroom.catalog.FeatureId;
import dev.headroom.money.Ratio;
import dev.headroom.money.UnitPrice;
import org.jspecify.annotations.Nullable;

/**
 * What a unit of one feature is worth to a customer; of a gate, a month of having it.
 *
 * @param amount  of a unit, or of an hour where a unit saves time
 * @param minutes that a unit saves; absent where the amount is the unit's
 * @param basis   where the figure comes from, for people
 */
public record ValueMetric(FeatureId feature, UnitPrice amount, @Nullable Integer minutes, String basis) {

    private static final long HOUR = 60;

    /** Of one unit, exact, in minor units. */
    Ratio unit() {
        Ratio each = Ratio.of(amount.minor());
        return minutes == null ? each : each.times(Ratio.of(minutes, HOUR));
    }

    /** For people. */
    String told() {
        return minutes == null ? amount.toString() : minutes + "/60 × " + amount;
    }
}
