/**
 * What a vendor sells for less together: bundles of products and add-ons.
 *
 * <p>Owns: these, and what belongs to one. Does not own: who holds one, which follows from what is on subscriptions ({@code quote}), nor what
 * that costs ({@code pricing}).
 */
@NullMarked
package dev.headroom.bundle;

import org.jspecify.annotations.NullMarked;
