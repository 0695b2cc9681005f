package dev.headroom.entitlement;

import dev.headroom.catalog.FeatureId;
import java.time.Instant;

/**
 * A gate opens for an account, for good, once it has used so much of something in one window.
 *
 * @param feature the gate
 * @param meter   what is counted; of one that rolls, in the days that it looks back on
 * @param units   at least 1
 */
record UnlockRule(FeatureId feature, FeatureId meter, long units, String setBy, Instant setAt) {}
