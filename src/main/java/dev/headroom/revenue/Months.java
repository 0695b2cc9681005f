package dev.headroom.revenue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's months: they begin at midnight of its zone, whatever its clocks do there, and stay open some days longer for what is heard of late.
 *
 * @param closingDays after its end that a month is closed at midnight
 * @param openFrom    the first month that was open when this came to count: what was closed stays closed; absent where nothing counted before
 */
record Months(ZoneId zone, int closingDays, @Nullable YearMonth openFrom) {

    YearMonth holding(Instant at) {
        return YearMonth.from(day(at));
    }

    /** The first month that is not closed. */
    YearMonth open(Instant at) {
        YearMonth open = YearMonth.from(day(at).minusDays(closingDays));
        return openFrom == null ? open : later(open, openFrom);
    }

    boolean closed(YearMonth month, Instant at) {
        return month.isBefore(open(at));
    }

    /** Where something is booked that took effect at an instant and was recorded later: in its own month, or in the first that is open. */
    YearMonth booking(Instant effectiveAt, Instant recordedAt) {
        return later(holding(effectiveAt), open(recordedAt));
    }

    static YearMonth later(YearMonth one, YearMonth other) {
        return one.isBefore(other) ? other : one;
    }

    LocalDate day(Instant at) {
        return at.atZone(zone).toLocalDate();
    }
}
