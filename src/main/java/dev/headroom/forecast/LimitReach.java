package dev.headroom.forecast;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether and when a limit will be reached, that is, when its last unit will be used. */
public sealed interface LimitReach {

    /** It is reached already; since when is known to whoever counted. */
    record Reached() implements LimitReach {}

    /**
     * It is reached in this window or in a following one, within the horizon of {@link ForecastFacts#HORIZON}.
     *
     * @param expected absent when only the high end of the band reaches it within the horizon
     * @param earliest at the high end of the band
     * @param latest   at the low end of the band; absent when that does not reach it within the horizon
     */
    record ReachedAt(@Nullable Instant expected, Instant earliest, @Nullable Instant latest) implements LimitReach {}

    /** Not even the high end of the band reaches it within the horizon. */
    record NotReached() implements LimitReach {}
}
