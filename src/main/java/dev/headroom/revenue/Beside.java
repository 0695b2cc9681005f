package dev.headroom.revenue;

import java.time.Instant;

/**
 * What a subscription begins beside that is paid for already.
 *
 * @param sameDay whether it begins on the vendor's day on which the account began to pay what it pays without a break, or is heard of later and began before
 * @param first   whether the account had never paid before that
 * @param alike   whether another subscription of the product is paid for
 */
record Beside(boolean sameDay, boolean first, boolean alike) {

    static final Beside NOTHING = new Beside(false, false, false);

    static Beside of(Instant began, boolean first, boolean alike, Instant effectiveAt, Months months) {
        return new Beside(!months.day(effectiveAt).isAfter(months.day(began)), first, alike);
    }

    /**
     * What begins on the first day is all of it new, and what begins on the day of a return has all come back; afterwards it is growth.
     *
     * @param inItsMonth whether it is booked in the month in which the account began to pay: a month that is closed gets no more of it
     */
    MovementKind kind(boolean inItsMonth) {
        if (sameDay && inItsMonth) {
            return first ? MovementKind.NEW : MovementKind.REACTIVATION;
        }
        return alike ? MovementKind.SEAT_EXPANSION : MovementKind.CROSS_SELL;
    }
}
