package dev.headroom.storefront;

import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a plan grants, told from the plan below it where it grants everything of that. */
record Ladder(List<Feature> order, Currency currency) {

    /** @param below absent of the lowest */
    @Nullable Plan everythingIn(PlanVersion version, @Nullable PlanVersion below) {
        return below != null && !below.entitlements().isEmpty() && below.entitlements().stream().allMatch(granted -> covered(granted, below, version)) ? below.plan() : null;
    }

    /** All that a plan grants, or what it grants more than the one below it. */
    List<PlanEntitlement> adds(PlanVersion version, @Nullable PlanVersion below) {
        boolean told = everythingIn(version, below) != null;
        return order.stream()
                .flatMap(feature -> version.entitlement(feature).stream())
                .filter(granted -> !told || !same(granted, version, Objects.requireNonNull(below)))
                .toList();
    }

    private static boolean covered(PlanEntitlement lower, PlanVersion below, PlanVersion version) {
        Feature feature = lower.feature();
        PlanEntitlement higher = version.entitlement(feature).orElse(null);
        if (higher == null) {
            return false;
        }
        Long least = units(lower, below);
        Long most = units(higher, version);
        return !feature.counted() || most == null || least != null && most >= least;
    }

    /** Seats that are sold one by one are as many as somebody wants. */
    private static @Nullable Long units(PlanEntitlement granted, PlanVersion version) {
        return granted.feature().seats() && version.soldBySeat() ? null : granted.included();
    }

    private boolean same(PlanEntitlement granted, PlanVersion version, PlanVersion below) {
        PlanEntitlement lower = below.entitlement(granted.feature()).orElse(null);
        return lower != null && switch (granted.feature().kind()) {
            case GATE -> true;
            case SETTING -> Objects.equals(lower.setting(), granted.setting());
            case ALLOWANCE, METER -> Objects.equals(units(lower, below), units(granted, version)) && boughtAlike(granted, version, below)
                    && lower.policy() == granted.policy() && Objects.equals(lower.overage().get(currency), granted.overage().get(currency));
        };
    }

    private static boolean boughtAlike(PlanEntitlement granted, PlanVersion version, PlanVersion below) {
        return granted.feature().kind() == FeatureKind.METER || !granted.feature().seats() || version.soldBySeat() == below.soldBySeat();
    }
}
