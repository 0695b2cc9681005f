/**
 * What Stripe would bill for terms, before anybody is promised it.
 *
 * <p>Owns: terms in Stripe's words, its previews in ours, and drifts: where what it would bill differed from what we reckoned. Does not own: what
 * we reckon ({@code pricing}), what is promised ({@code quote}), what is carried out ({@code change}). Derived: which subscriptions have an open
 * drift, remembered by every node.
 */
@NullMarked
package dev.headroom.preview;

import org.jspecify.annotations.NullMarked;
