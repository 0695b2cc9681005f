package dev.headroom.forecast;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a meter is heading, as far as its past tells. */
public sealed interface Forecast {

    /**
     * What will be used when the window ends, in units. Of four windows in five the outcome lies between {@code low} and {@code high}.
     *
     * @param until the end of the window; the horizon if that comes first
     * @param low   never less than what is used already, if the quantity is consumed
     * @param soft  absent without a soft limit
     * @param hard  absent without a hard limit
     */
    record Projected(Instant until, long low, long expected, long high, @Nullable LimitReach soft, @Nullable LimitReach hard)
            implements Forecast {}

    /**
     * A figure would be a guess.
     *
     * @param days   how many there are of what the reason asks for
     * @param needed how many it takes
     */
    record NotEnoughData(Reason reason, int days, int needed) implements Forecast {

        /** Why. */
        public enum Reason {
            /** No complete day has any usage. */
            NEVER_USED,
            /** Too few complete days since the first usage. */
            TOO_FEW_DAYS,
            /** Usage on too few of the days that are looked at. */
            TOO_FEW_DAYS_WITH_USAGE
        }
    }

    /** The same for the same facts; what is used is never negative and stops at the largest long. */
    static Forecast of(ForecastFacts facts) {
        return Forecasting.forecast(facts);
    }
}
