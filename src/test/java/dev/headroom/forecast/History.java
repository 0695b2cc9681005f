package dev.headroom.forecast;

import dev.headroom.forecast.ForecastFacts.Quantity;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole life of one meter, of which a forecast is shown the beginning. Calendar months are its windows, working hours its day. */
record History(Quantity quantity, LocalDate first, List<Long> days) {

    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final double OPENS = 8;
    private static final double CLOSES = 20;

    static Period month(LocalDate day) {
        return Reset.calendarMonth(start(day), ZONE);
    }

    static Instant start(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    static Instant inside(Period window, double part) {
        return window.from().plusSeconds((long) (part * window.seconds()));
    }

    ForecastFacts until(Instant at, @Nullable Long softLimit, @Nullable Long hardLimit) {
        LocalDate today = LocalDate.ofInstant(at, ZONE);
        DailyUsage before = new DailyUsage(first, days.subList(0, index(today)));
        List<Period> windows = ForecastFacts.windows(at, instant -> Reset.calendarMonth(instant, ZONE));
        return new ForecastFacts(quantity, before, shown(at), windows, ZONE, at, softLimit, hardLimit);
    }

    /** What the meter shows; at the end of a month what it showed last. */
    long shown(Instant at) {
        LocalDate today = LocalDate.ofInstant(at, ZONE);
        return switch (quantity) {
            case CONSUMED -> between(today.withDayOfMonth(1), today) + Math.round(day(today) * partOfTheDay(at));
            case HELD -> partOfTheDay(at) < 0.5 ? day(today.minusDays(1)) : day(today);
        };
    }

    long outcome(Period month) {
        LocalDate from = LocalDate.ofInstant(month.from(), ZONE);
        LocalDate until = LocalDate.ofInstant(month.until(), ZONE);
        return quantity == Quantity.CONSUMED ? between(from, until) : day(until.minusDays(1));
    }

    /** The noon of the day on which the limit is reached, looking so many days ahead. */
    @Nullable Instant reached(long limit, Instant at, int ahead) {
        LocalDate today = LocalDate.ofInstant(at, ZONE);
        for (LocalDate day = today; day.isBefore(today.plusDays(ahead)); day = day.plusDays(1)) {
            long level = quantity == Quantity.CONSUMED ? between(day.withDayOfMonth(1), day.plusDays(1)) : day(day);
            if (level >= limit) {
                return start(day).plus(Duration.ofHours(12));
            }
        }
        return null;
    }

    private long between(LocalDate from, LocalDate until) {
        return days.subList(index(from), index(until)).stream().mapToLong(Long::longValue).sum();
    }

    private long day(LocalDate day) {
        return days.get(index(day));
    }

    private int index(LocalDate day) {
        return (int) Math.max(0, ChronoUnit.DAYS.between(first, day));
    }

    private static double partOfTheDay(Instant at) {
        double hour = Duration.between(start(LocalDate.ofInstant(at, ZONE)), at).toMinutes() / 60.0;
        return Math.clamp((hour - OPENS) / (CLOSES - OPENS), 0, 1);
    }
}
