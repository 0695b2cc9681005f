/**
 * How a vendor lets customers move between what it sells: transition rules, and the guard against credit for going up and down.
 *
 * <p>Owns: these, and which rule speaks of a change. Does not own: what a change costs ({@code pricing}), what it finds on a subscription
 * ({@code quote}), how it is made ({@code change}).
 */
@NullMarked
package dev.headroom.policy;

import org.jspecify.annotations.NullMarked;
