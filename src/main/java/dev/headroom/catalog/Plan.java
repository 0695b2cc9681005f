package dev.headroom.catalog;

/**
 * What is sold of a product, in versions: a tier, or an add-on beside one.
 *
 * @param rank higher is more; of add-ons the order in which they are shown
 */
public record Plan(PlanId id, ProductId product, String key, String name, String description, int rank, Kind kind) {

    /** A subscription is of one tier, and holds any number of add-ons. */
    public enum Kind {
        TIER,
        /** Adds what it grants to what the tier grants, as often as it was bought. */
        ADD_ON
    }

    public boolean tier() {
        return kind == Kind.TIER;
    }
}
