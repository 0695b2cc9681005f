package dev.headroom.console.feature;

import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.draft.Draft;
import dev.headroom.sheet.EntitlementLine;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A feature and what uses it.
 *
 * @param granting every version that grants it, on sale or not
 * @param drafts   those that are open and grant it
 * @param counting features that count its events
 * @param accounts how many have it by what they subscribe to
 */
record FeatureUse(Feature feature, Product product, List<PlanVersion> granting, List<Draft> drafts, List<Feature> counting, int accounts) {

    /** How a feature stands. */
    enum Standing {
        SOLD,
        UNSOLD,
        RETIRED
    }

    Standing standing() {
        if (feature.retired()) {
            return Standing.RETIRED;
        }
        return onSale().isEmpty() ? Standing.UNSOLD : Standing.SOLD;
    }

    List<PlanVersion> onSale() {
        return granting.stream().filter(PlanVersion::onSale).toList();
    }

    /** Names of what is sold of a kind. */
    List<String> sold(Plan.Kind kind) {
        return onSale().stream().map(PlanVersion::plan).filter(plan -> plan.kind() == kind).map(Plan::name).toList();
    }

    boolean matches(String needle) {
        return (feature.name() + " " + feature.key() + " " + feature.unit()).toLowerCase(Locale.ROOT).contains(needle);
    }

    static Optional<EntitlementLine> granted(Draft draft, Feature feature) {
        return draft.sheet().entitlements().stream().filter(line -> line.feature().equals(feature.key())).findFirst();
    }
}
