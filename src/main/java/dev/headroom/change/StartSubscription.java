package dev.headroom.change;

import dev.headroom.time.Interval;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new subscription: what a quote has promised, or a plan, free when it costs nothing, a trial when days are given, paid at once otherwise.
 *
 * @param account    the vendor's key; may be left out beside a token
 * @param quoteToken alone, without what follows
 * @param plan       key of a plan on sale
 * @param interval   absent is MONTH
 * @param seats      absent is 1; not for plans with one price for everybody
 * @param trialDays  absent or 0 is no trial; up to 730
 */
public record StartSubscription(
        String idempotencyKey, @Nullable String account, @Nullable String quoteToken, @Nullable String plan, @Nullable Interval interval,
        @Nullable Long seats, @Nullable Integer trialDays) {}
