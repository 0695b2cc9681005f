package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;

/** How much of a feature an account used in one window. */
public record UsageCounter(AccountId account, FeatureId feature, Period window, long used) {}
