package dev.headroom.forecast;

import dev.headroom.time.Period;
import java.time.Instant;

/** What a meter will show. */
sealed interface Course permits ConsumedCourse, HeldCourse {

    /** Trends fade: each day keeps this part of the day before's, after Gardner and McKenzie 1985. */
    double DAMPING = 0.997;

    /** At an instant of a window, not before now; the end of the window counts to it. */
    Band at(Period window, Instant instant);

    /** How many days' worth of trend so many days bring. */
    static double damped(double days) {
        return DAMPING * (1 - Math.pow(DAMPING, days)) / (1 - DAMPING);
    }
}
