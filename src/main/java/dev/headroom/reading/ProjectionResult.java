package dev.headroom.reading;

import dev.headroom.forecast.Forecast;
import dev.headroom.forecast.LimitReach;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a meter is heading, or why that cannot be said. */
public sealed interface ProjectionResult {

    /**
     * What will be used when the window ends, in units; four outcomes in five lie between {@code low} and {@code high}.
     *
     * @param until              the end of the window; of what is held or rolls, of the billing period
     * @param reachesSoftLimitAt absent without a soft limit
     * @param reachesLimitAt     when the last included unit will be used, whatever happens past it; absent when unlimited
     */
    record Projection(
            Instant until, long low, long expected, long high, @Nullable LimitDate reachesSoftLimitAt, @Nullable LimitDate reachesLimitAt)
            implements ProjectionResult {}

    /**
     * A figure would be a guess.
     *
     * @param days   how many there are of what the reason asks for
     * @param needed how many it takes
     */
    record NotEnoughData(Reason reason, int days, int needed) implements ProjectionResult {

        /** Why. */
        public enum Reason {
            NEVER_USED,
            TOO_FEW_DAYS,
            TOO_FEW_DAYS_WITH_USAGE,
            /** Only how it stands is known, not how it stood: of seats, and of unique values in a window that rolls. */
            PAST_NOT_KEPT,
            /** Of values of which each counts once in a window: the longer it runs, the fewer are new, and no pace says how few. */
            UNIQUE_VALUES;

            static Reason of(Forecast.NotEnoughData.Reason reason) {
                return switch (reason) {
                    case NEVER_USED -> NEVER_USED;
                    case TOO_FEW_DAYS -> TOO_FEW_DAYS;
                    case TOO_FEW_DAYS_WITH_USAGE -> TOO_FEW_DAYS_WITH_USAGE;
                };
            }
        }
    }

    /**
     * When a limit is reached, looked for in a year.
     *
     * @param at       present exactly when it is expected
     * @param earliest at the high end of the band
     * @param latest   at the low end
     */
    record LimitDate(State state, @Nullable Instant at, @Nullable Instant earliest, @Nullable Instant latest) {

        /** How sure it is. */
        public enum State {
            REACHED,
            EXPECTED,
            /** Only at the high end of the band. */
            POSSIBLE,
            NOT_EXPECTED
        }

        /** Any moment from now on. */
        static LimitDate any(Instant now) {
            return new LimitDate(State.EXPECTED, now, now, null);
        }

        static @Nullable LimitDate of(@Nullable LimitReach reach) {
            return switch (reach) {
                case null -> null;
                case LimitReach.Reached() -> new LimitDate(State.REACHED, null, null, null);
                case LimitReach.NotReached() -> new LimitDate(State.NOT_EXPECTED, null, null, null);
                case LimitReach.ReachedAt(Instant expected, Instant earliest, Instant latest) ->
                        new LimitDate(expected == null ? State.POSSIBLE : State.EXPECTED, expected, earliest, latest);
            };
        }
    }
}
