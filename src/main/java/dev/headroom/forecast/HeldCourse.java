package dev.headroom.forecast;

import dev.headroom.time.Period;
import java.time.Instant;

/** An allowance's course: what is held, plus a drift that fades. */
final class HeldCourse implements Course {

    private final ForecastFacts facts;
    private final Drift drift;
    private final Days days;
    private final double now;

    HeldCourse(ForecastFacts facts, Days days, Drift drift) {
        this.facts = facts;
        this.drift = drift;
        this.days = days;
        this.now = days.position(facts.at());
    }

    @Override
    public Band at(Period window, Instant instant) {
        double ahead = Math.max(0, days.position(instant) - now);
        double level = facts.used() + drift.units() * Course.damped(ahead);
        double width = Band.FOUR_IN_FIVE * spread(ahead);
        return new Band(Math.max(0, level - width), Math.max(0, level), Math.max(0, level + width));
    }

    /** The standard deviation after so many days, in units. */
    private double spread(double ahead) {
        double trend = drift.error() * Course.damped(ahead);
        return Math.sqrt(drift.step() * drift.step() * ahead + trend * trend);
    }
}
