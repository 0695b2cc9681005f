package dev.headroom.catalog;

import dev.headroom.limits.Grace;
import dev.headroom.limits.Limit;
import dev.headroom.money.UnitPrice;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a plan, or one unit of an add-on, grants of one feature; a feature without one is not granted.
 *
 * @param included     how much; absent is unlimited, and meaningless for gates and settings
 * @param softLimit    where warnings begin
 * @param graceDays    for how long use beyond a hard limit goes on
 * @param gracePercent how far use beyond a hard limit goes on
 * @param setting      the value of a setting
 * @param overage      what each unit beyond the included amount costs, by currency
 * @param by           what grants it
 */
public record PlanEntitlement(
        Feature feature, @Nullable Long included, Limit.Policy policy, @Nullable Long softLimit, @Nullable Integer graceDays,
        @Nullable Integer gracePercent, @Nullable String setting, Map<Currency, UnitPrice> overage, Plan.Kind by) {

    public PlanEntitlement {
        overage = Map.copyOf(overage);
    }

    /**
     * The limit that it means for an account billed in a currency.
     *
     * @param quantity how much was bought: of an add-on each includes its amount; of a plan that is not sold flat so many seats are included
     */
    public Limit limit(Currency currency, long quantity, boolean flat) {
        return switch (by) {
            case TIER -> limit(currency, feature.seats() && !flat ? Long.valueOf(quantity) : included);
            case ADD_ON -> limit(currency, included).times(quantity);
        };
    }

    private Limit limit(Currency currency, @Nullable Long units) {
        if (!feature.counted() || units == null) {
            return Limit.unlimited();
        }
        Limit.Policy effective = policy == Limit.Policy.OVERAGE && overage.get(currency) == null ? Limit.Policy.HARD : policy;
        return new Limit(
                units, effective, softLimit == null ? null : Long.valueOf(Math.min(softLimit, units)),
                effective == Limit.Policy.HARD ? grace() : Grace.NONE, feature.reset(),
                effective == Limit.Policy.OVERAGE ? overage.get(currency) : null);
    }

    private Grace grace() {
        return new Grace(Optional.ofNullable(graceDays).orElse(0), Optional.ofNullable(gracePercent).orElse(0));
    }
}
