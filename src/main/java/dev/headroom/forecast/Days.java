package dev.headroom.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.IntStream;

/**
 * The days from today to the horizon, in the account's zone; a day is as long as the zone makes it.
 *
 * @param starts the midnights, today's first
 */
record Days(LocalDate today, Instant[] starts) {

    static Days of(ForecastFacts facts) {
        LocalDate today = facts.history().until();
        ZoneId zone = facts.zone();
        Instant[] starts = IntStream.rangeClosed(0, (int) ForecastFacts.HORIZON.toDays() + 2)
                .mapToObj(day -> today.plusDays(day).atStartOfDay(zone).toInstant()).toArray(Instant[]::new);
        return new Days(today, starts);
    }

    int count() {
        return starts.length - 1;
    }

    /** Monday is 0. */
    int weekday(int day) {
        return Math.floorMod(today.getDayOfWeek().ordinal() + day, 7);
    }

    /** In days since the beginning of today: noon is 0.5, unless the clocks are changed. */
    double position(Instant at) {
        int day = day(at);
        double length = Duration.between(starts[day], starts[day + 1]).toMillis();
        return day + Duration.between(starts[day], at).toMillis() / length;
    }

    /** The next midnight. */
    Instant after(Instant at) {
        return starts[day(at) + 1];
    }

    /** A day of 23 or 25 hours puts the first guess off by one at most. */
    private int day(Instant at) {
        int day = (int) Duration.between(starts[0], at).toDays();
        if (starts[day].isAfter(at)) {
            return day - 1;
        }
        return starts[day + 1].isAfter(at) ? day : day + 1;
    }
}
