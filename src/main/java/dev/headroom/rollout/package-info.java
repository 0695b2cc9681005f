/**
 * Putting a version on sale, and what becomes of those who have another one.
 *
 * <p>Owns: what the vendor holds publishing to, who published what on which impact and why, and the list of who is moved to it with the result of each. Does
 * not own: what is prepared ({@code draft}), what it would do ({@code impact}), what is on sale ({@code catalog}), and moving itself: each subscription is moved by
 * a quote that is accepted like a customer's ({@code change}).
 */
@NullMarked
package dev.headroom.rollout;

import org.jspecify.annotations.NullMarked;
