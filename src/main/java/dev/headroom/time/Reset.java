package dev.headroom.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** When a count starts again from zero. */
public enum Reset {
    /** A held quantity: its window has no ends that anybody lives to see. */
    NEVER,
    /** With the billing period of the subscription, or the calendar month where there is none. */
    BILLING_PERIOD,
    /** On the first day of each month in the account's zone. */
    CALENDAR_MONTH,
    /** At midnight in the account's zone. */
    DAY,
    /** Never all at once: what is a number of days old drops out, hour by hour. Counted in the window without end. */
    ROLLING;

    /** The window of what never starts again. */
    public static final Period EVER = new Period(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));

    /**
     * The window that holds the instant.
     *
     * @param billing the billing period that holds the instant; only {@link #BILLING_PERIOD} looks at it
     */
    public Period window(Instant at, ZoneId zone, Period billing) {
        LocalDate day = LocalDate.ofInstant(at, zone);
        return switch (this) {
            case NEVER, ROLLING -> EVER;
            case BILLING_PERIOD -> billing;
            case CALENDAR_MONTH -> calendarMonth(at, zone);
            case DAY -> days(day, day.plusDays(1), zone);
        };
    }

    /** The calendar month as a window, for what would follow a subscription that is not there. */
    public static Period calendarMonth(Instant at, ZoneId zone) {
        LocalDate first = LocalDate.ofInstant(at, zone).withDayOfMonth(1);
        return days(first, first.plusMonths(1), zone);
    }

    private static Period days(LocalDate from, LocalDate until, ZoneId zone) {
        return new Period(from.atStartOfDay(zone).toInstant(), until.atStartOfDay(zone).toInstant());
    }
}
