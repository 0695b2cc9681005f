package dev.headroom.usage;

import dev.headroom.catalog.Feature;
import dev.headroom.limits.EffectiveLimit;
import dev.headroom.subscription.AccountSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A wish to use something, all of it or nothing.
 *
 * @param event         what would be recorded; its time is now
 * @param subscriptions the account's running ones, as far as the one who asks knows: they decide in which window it is used
 * @param limits        what is granted of a feature at an instant, as far as the one who asks knows: what begins or ends meanwhile is decided
 *                      by the clock
 * @param terms         the version of what is granted that both were read after, see {@link TermsVersions}
 * @param hold          for how long to hold the amount back instead of using it now; absent to use it now
 */
public record Consumption(
        UsageEvent event, List<AccountSubscription> subscriptions, BiFunction<Feature, Instant, EffectiveLimit> limits, long terms,
        @Nullable Duration hold) {}
