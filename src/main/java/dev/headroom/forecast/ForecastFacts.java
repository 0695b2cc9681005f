package dev.headroom.forecast;

import dev.headroom.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that a {@link Forecast} is made of.
 *
 * @param history   the complete days before {@code at}, the last of them yesterday; eight weeks are looked at, more does no harm
 * @param used      units in the first window up to {@code at}; of a held quantity, what is held then
 * @param windows   the one that is projected, then those that follow it, each where the one before ended: after each of them what is
 *                  consumed counts from zero, and a limit is looked for as far as they go, see {@link #windows}. Of a held quantity
 *                  only the first says something: to when it is projected
 * @param zone      the account's, in which {@code history} was cut into days
 * @param softLimit units; absent when there is none
 * @param hardLimit units; absent when there is none
 */
public record ForecastFacts(
        Quantity quantity,
        DailyUsage history,
        long used,
        List<Period> windows,
        ZoneId zone,
        Instant at,
        @Nullable Long softLimit,
        @Nullable Long hardLimit) {

    /** How far ahead is looked, for a limit and for the end of a window that is further away. */
    public static final Duration HORIZON = Duration.ofDays(365);

    /** What the units of a day mean. */
    public enum Quantity {
        /** Each day adds to the window's total: a meter. */
        CONSUMED,
        /** Each day ends with a level, which may fall: an allowance. */
        HELD
    }

    public ForecastFacts {
        windows = List.copyOf(windows);
        if (windows.isEmpty() || windows.getFirst().from().isAfter(at)) {
            throw new IllegalArgumentException("The first window must have begun at " + at + ": " + windows);
        }
        for (int i = 1; i < windows.size(); i++) {
            mustMeet(windows.get(i - 1), windows.get(i));
        }
        if (!history.until().equals(LocalDate.ofInstant(at, zone))) {
            throw new IllegalArgumentException("The history must end with the day before " + at + ", not before " + history.until());
        }
        if (used < 0) {
            throw new IllegalArgumentException("Units cannot be negative: " + used + " used");
        }
    }

    /**
     * The windows that matter for a forecast: the one that holds {@code at}, and all that begin within the {@link #HORIZON}.
     *
     * @param windowAt the window that holds an instant, such as {@code Reset.window}
     */
    public static List<Period> windows(Instant at, Function<Instant, Period> windowAt) {
        List<Period> windows = new ArrayList<>();
        Period window = windowAt.apply(at);
        while (window.until().isBefore(at.plus(HORIZON))) {
            windows.add(window);
            window = following(window, windowAt);
        }
        windows.add(window);
        return windows;
    }

    private static Period following(Period window, Function<Instant, Period> windowAt) {
        Period next = windowAt.apply(window.until());
        mustMeet(window, next);
        return next;
    }

    private static void mustMeet(Period window, Period next) {
        if (!next.from().equals(window.until())) {
            throw new IllegalArgumentException("A window must begin where the one before ends: " + next + " after " + window);
        }
    }

    Period window() {
        return windows.getFirst();
    }

    Instant horizon() {
        return at.plus(HORIZON);
    }

    boolean windowHasEnded() {
        return !at.isBefore(window().until());
    }
}
