package dev.headroom.quote;

import dev.headroom.time.Interval;
import org.jspecify.annotations.Nullable;

/**
 * What shall be different; whatever is absent stays.
 *
 * @param product  key; needed only by an account with several subscriptions when no plan is given
 * @param plan     key of the plan to move to
 * @param interval how often to be billed
 * @param seats    how many to have in all, not how many more
 */
public record RequestedChange(@Nullable String product, @Nullable String plan, @Nullable Interval interval, @Nullable Long seats) {}
