package dev.headroom.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headroom.catalog.CreatePlan.NewEntitlement;
import dev.headroom.catalog.CreatePlan.NewOwnPrice;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.Visibility;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new add-on, whose first version goes on sale at once, for whoever may publish. With flat prices it is bought once, with others as often as wanted.
 *
 * @param product    key of the product whose tiers it is sold beside
 * @param rank       the order in which it is shown; absent is 0
 * @param visibility absent is PUBLIC
 * @param own        of what is one account's alone; absent otherwise
 */
public record CreateAddOn(
        String idempotencyKey, String product, String key, String name, @Nullable String description, @Nullable Integer rank, List<Price> prices,
        List<NewAddOnEntitlement> entitlements, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Visibility visibility,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable NewOwnPrice own) {

    /**
     * What one unit of it grants; what happens past it is said by the plan.
     *
     * @param feature  key of a feature of the product
     * @param included absent is unlimited
     */
    public record NewAddOnEntitlement(String feature, @Nullable Long included, @Nullable String setting) {

        private NewEntitlement entitlement() {
            return new NewEntitlement(feature, included, null, null, null, null, setting, null);
        }
    }

    /** What came of it. */
    public sealed interface CreateAddOnResult permits AddOnCreated, CreatePlanResult.KeyTaken {}

    public record AddOnCreated(PlanVersion version) implements CreateAddOnResult {}

    CreatePlan asPlan() {
        return new CreatePlan(
                idempotencyKey, product, key, name, description, Optional.ofNullable(rank).orElse(0), prices,
                entitlements.stream().map(NewAddOnEntitlement::entitlement).toList(), visibility, own);
    }
}
