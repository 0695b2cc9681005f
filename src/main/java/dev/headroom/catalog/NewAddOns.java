package dev.headroom.catalog;

import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.pricing.ChargeModel;
import java.time.Instant;
import java.util.List;

/** Makes the first version of an add-on, and refuses one of which more would not be more. */
final class NewAddOns {

    private NewAddOns() {}

    static PlanVersion firstVersion(CreateAddOn command, CatalogSnapshot catalog, Instant at) {
        return checked(NewPlans.firstVersion(command.asPlan(), Plan.Kind.ADD_ON, catalog, at));
    }

    /** The same, or a refusal that names the field. */
    static PlanVersion checked(PlanVersion version) {
        boolean once = soldOnce(version);
        for (int i = 0; i < version.entitlements().size(); i++) {
            check("input.entitlements[" + i + "].included", version.entitlements().get(i), once);
        }
        if (!once && version.entitlements().stream().noneMatch(granted -> granted.feature().counted())) {
            throw HeadroomException.invalid("input.prices", "Nothing that it grants adds up, so it is bought once: give it flat prices");
        }
        return version;
    }

    private static boolean soldOnce(PlanVersion version) {
        List<Boolean> flat = version.prices().stream().map(price -> price.price().model() instanceof ChargeModel.Flat).distinct().toList();
        if (flat.size() > 1) {
            throw HeadroomException.invalid("input.prices", "Either every price is flat, and it is bought once, or none is");
        }
        return flat.getFirst();
    }

    private static void check(String field, PlanEntitlement granted, boolean once) {
        Long included = granted.included();
        if (!granted.feature().counted()) {
            return;
        }
        if (included != null) {
            Check.between(field, included, 1, Long.MAX_VALUE);
        } else if (!once) {
            throw HeadroomException.invalid(field, "Unlimited is not bought several times: say how many units each includes, or give it flat prices");
        }
    }
}
