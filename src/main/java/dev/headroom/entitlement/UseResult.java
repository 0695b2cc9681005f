package dev.headroom.entitlement;

import dev.headroom.usage.Reservation;

/** What became of a wish to use something, or of what was held back for it. */
public sealed interface UseResult {

    /**
     * It fit and is recorded.
     *
     * @param entitlement as things stand now
     * @param repeated    whether it was recorded before under the same key: nothing changed
     */
    record Consumed(Entitlement entitlement, boolean repeated) implements UseResult {}

    /**
     * It fit and is held back.
     *
     * @param entitlement as things stand now
     * @param repeated    whether it was held back before under the same key: nothing changed
     */
    record Reserved(Reservation reservation, Entitlement entitlement, boolean repeated) implements UseResult {}

    /** It did not fit: nothing changed, and the same key may be tried again. */
    record UseDenied(Entitlement entitlement) implements UseResult {}

    /** What was held back is used, in part or whole; the rest is free again. */
    record ReservationCommitted(Reservation reservation) implements UseResult {}

    /** What was held back is free again. */
    record ReservationReleased(Reservation reservation) implements UseResult {}

    /** It had ended before, in another way: nothing changed. */
    record ReservationEnded(Reservation reservation) implements UseResult {}
}
