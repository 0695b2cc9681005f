package dev.headroom.limits;

/** When what was used counts from zero again. */
public enum Reset {
    /** It is held, not consumed: seats, projects, storage. */
    NEVER,
    BILLING_PERIOD,
    /** In UTC. */
    CALENDAR_MONTH,
    /** In UTC. */
    DAY
}
