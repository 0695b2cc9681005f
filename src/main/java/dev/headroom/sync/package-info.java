/**
 * Keeps Stripe's catalogue level with ours.
 *
 * <p>Owns: deciding what is missing at Stripe and having it made. Does not own: the links ({@code stripe}) or the catalogue. Safe to run
 * at any time, on any node, and again after a crash: what exists is found by its lookup key or its idempotency key.
 */
@NullMarked
package dev.headroom.sync;

import org.jspecify.annotations.NullMarked;
