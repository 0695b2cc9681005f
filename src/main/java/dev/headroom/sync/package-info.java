/**
 * Keeps us and Stripe level.
 *
 * <p>Owns: deciding what is missing at Stripe and having it made; the plan of what differs between the catalogues, and what was agreed to of
 * it; in what our mirror is not what Stripe has; taking in what an account at Stripe had before. Does not own: the links and the inbox ({@code stripe}), the catalogue, the mirror
 * itself ({@code change} and {@code subscription}). Safe to run at any time, on any node, and again after a crash: what exists is found by
 * its lookup key or its idempotency key, and a walk goes on with its page.
 */
@NullMarked
package dev.headroom.sync;

import org.jspecify.annotations.NullMarked;
