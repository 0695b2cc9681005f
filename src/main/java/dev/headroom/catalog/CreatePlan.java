package dev.headroom.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headroom.limits.Limit;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.Visibility;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new plan, whose first version goes on sale at once: nobody is on it, so there is nobody whom it could surprise. For whoever may publish.
 *
 * @param product    key of its product
 * @param visibility absent is PUBLIC; and then it is no part of what makes two commands the same one, so that those from before there was any stay what they were
 * @param own        of what is one account's alone; absent otherwise, and then likewise
 */
public record CreatePlan(
        String idempotencyKey, String product, String key, String name, @Nullable String description, int rank, List<Price> prices,
        List<NewEntitlement> entitlements, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Visibility visibility,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable NewOwnPrice own) {

    /** @param insteadOf key of what it is in the place of: of the same product and kind, and for every account */
    public record NewOwnPrice(UUID account, String insteadOf) {}

    /**
     * @param feature  key of a feature of the product
     * @param included absent is unlimited
     * @param overage  what each further unit costs, in minor units, by currency; required by the policy OVERAGE
     */
    public record NewEntitlement(
            String feature, @Nullable Long included, Limit.@Nullable Policy policy, @Nullable Long softLimit, @Nullable Integer graceDays,
            @Nullable Integer gracePercent, @Nullable String setting, @Nullable List<OveragePrice> overage) {}

    public record OveragePrice(Currency currency, BigDecimal unitMinor) {}

    /**
     * Says what the next version of a plan or add-on would cost and grant, to look at it before it is sold.
     *
     * @param draft id of a draft that says it, which the catalogue knows nothing of; all of the rest is absent then
     * @param plan  key of the plan or add-on
     */
    public record NextVersion(
            String idempotencyKey, @Nullable String draft, @Nullable String plan, @Nullable List<CreatePlanInput.NewPrice> prices,
            @Nullable List<NewEntitlement> entitlements) {

        /** Whether it is said in one way, and whole. */
        public boolean clear() {
            return draft == null ? plan != null && prices != null && entitlements != null : plan == null && prices == null && entitlements == null;
        }
    }
}
