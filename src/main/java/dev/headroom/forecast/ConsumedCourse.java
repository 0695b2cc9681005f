package dev.headroom.forecast;

import dev.headroom.time.Period;
import java.time.Instant;

/** A meter's course: what was used in the window, plus what the coming days bring. */
final class ConsumedCourse implements Course {

    /** Less of a day is no more uncertain than that. */
    private static final double LEAST_PART_OF_A_DAY = 0.1;

    private final ForecastFacts facts;
    private final Pace pace;
    private final Days days;
    /** Expected units from the beginning of today to the beginning of the n-th day after it. */
    private final double[] until;

    ConsumedCourse(ForecastFacts facts, Days days, Pace pace) {
        this.facts = facts;
        this.days = days;
        this.pace = pace;
        this.until = new double[days.count() + 1];
        for (int day = 0; day < days.count(); day++) {
            double level = pace.level() * Math.exp(pace.trend() * Course.damped(day));
            until[day + 1] = until[day] + level * pace.weekdays().factor(days.weekday(day));
        }
    }

    @Override
    public Band at(Period window, Instant instant) {
        double from = days.position(window.from().isBefore(facts.at()) ? facts.at() : window.from());
        double to = days.position(instant);
        double before = window.equals(facts.window()) ? facts.used() : 0;
        double coming = Math.max(0, total(to) - total(from));
        double factor = Math.exp(Band.FOUR_IN_FIVE * spread(from, to));
        return new Band(before + coming / factor, before + coming, before + coming * factor);
    }

    private double total(double position) {
        int day = (int) position;
        return until[day] + (position - day) * (until[day + 1] - until[day]);
    }

    /** The relative standard deviation of what is used between two positions: of the days, the level, the trend and what changes it. */
    private double spread(double from, double to) {
        double days = Math.max(to - from, LEAST_PART_OF_A_DAY);
        double ahead = (from + to) / 2;
        double trend = pace.trendError() * (pace.age() + Course.damped(ahead));
        return Math.sqrt(pace.noise() * pace.noise() * pace.weekdays().unevenness() / days
                + pace.levelError() * pace.levelError()
                + trend * trend
                + Pace.WANDERING * Pace.WANDERING * ahead);
    }
}
