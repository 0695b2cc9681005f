package dev.headroom.catalog;

import dev.headroom.money.UnitPrice;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a plan version grants of one feature; a feature without one is not granted.
 *
 * @param included     how much; absent is unlimited, and meaningless for gates and settings
 * @param softLimit    where warnings begin
 * @param graceDays    for how long use beyond a hard limit goes on
 * @param gracePercent how far use beyond a hard limit goes on
 * @param setting      the value of a setting
 * @param overage      what each unit beyond the included amount costs, by currency
 */
public record PlanEntitlement(
        Feature feature, @Nullable Long included, LimitPolicy policy, @Nullable Long softLimit, @Nullable Integer graceDays,
        @Nullable Integer gracePercent, @Nullable String setting, Map<Currency, UnitPrice> overage) {

    public PlanEntitlement {
        overage = Map.copyOf(overage);
    }

    public boolean unlimited() {
        return included == null;
    }

    public Optional<UnitPrice> overage(Currency currency) {
        return Optional.ofNullable(overage.get(currency));
    }
}
