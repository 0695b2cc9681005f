package dev.headroom.catalog;

import dev.headroom.sheet.Visibility;

/**
 * What is sold of a product, in versions: a tier, or an add-on beside one.
 *
 * @param rank       higher is more; of add-ons the order in which they are shown
 * @param visibility who is shown it while it is on sale
 */
public record Plan(PlanId id, ProductId product, String key, String name, String description, int rank, Kind kind, Visibility visibility) {

    /** A subscription is of one tier, and holds any number of add-ons. */
    public enum Kind {
        TIER,
        /** Adds what it grants to what the tier grants, as often as it was bought. */
        ADD_ON
    }

    /** Whether accounts are shown it, and proposed it. */
    public boolean listed() {
        return visibility == Visibility.PUBLIC;
    }

    public boolean tier() {
        return kind == Kind.TIER;
    }
}
