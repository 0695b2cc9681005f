package dev.headroom.limits;

/**
 * One reason why an account has a feature.
 *
 * @param ref opaque: the plan version, add-on, grant …
 */
public record Source(Kind kind, String ref, Limit limit) {

    /** Where it comes from; the first named wins between equally generous ones. */
    public enum Kind {
        PLAN,
        /** The only kind that adds to others instead of competing with them. */
        ADD_ON,
        UNLOCK,
        ROLL_OUT,
        GRANT
    }
}
