package dev.headroom.policy;

/** What a change does to a subscription; one change may do several of these. */
public enum ChangeKind {
    /** To a plan of a higher rank. */
    UPGRADE,
    /** To a plan of a lower rank. */
    DOWNGRADE,
    SEATS_UP,
    SEATS_DOWN,
    INTERVAL_LONGER,
    INTERVAL_SHORTER,
    /** An add-on that was not there, or more of one. */
    ADD_ON_IN,
    /** An add-on less, or less of one. */
    ADD_ON_OUT,
    /** The end of the subscription. */
    END,
    /** A subscription begins. */
    START
}
