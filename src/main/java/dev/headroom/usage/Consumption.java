package dev.headroom.usage;

import dev.headroom.limits.EffectiveLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A wish to use something, all of it or nothing.
 *
 * @param event what would be recorded; its time is now
 * @param limit what is granted of the event's meter at an instant, as far as the one who asks knows: what begins or ends meanwhile is decided by
 *              the clock
 * @param terms the version of what is granted that this was read after, see {@link TermsVersions}
 * @param hold  for how long to hold the amount back instead of using it now; absent to use it now
 */
public record Consumption(UsageEvent event, Function<Instant, EffectiveLimit> limit, long terms, @Nullable Duration hold) {}
