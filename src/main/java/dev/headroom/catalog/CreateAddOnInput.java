package dev.headroom.catalog;

import dev.headroom.catalog.CreateAddOn.NewAddOnEntitlement;
import dev.headroom.catalog.CreatePlanInput.NewPrice;
import dev.headroom.sheet.Visibility;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link CreateAddOn} as GraphQL can say it. */
record CreateAddOnInput(
        String idempotencyKey, String product, String key, String name, @Nullable String description, @Nullable Integer rank, List<NewPrice> prices,
        List<NewAddOnEntitlement> entitlements, @Nullable Visibility visibility) {

    CreateAddOn command() {
        return new CreateAddOn(idempotencyKey, product, key, name, description, rank, NewPrice.all(prices), entitlements, visibility, null);
    }
}
