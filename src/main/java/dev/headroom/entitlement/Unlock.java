package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import java.time.Instant;

/**
 * A gate that has opened for an account.
 *
 * @param units what the rule asked for then, of {@code meter}
 */
record Unlock(AccountId account, FeatureId feature, FeatureId meter, long units, Instant at) {}
