/**
 * What is on sale, as somebody sees it who might buy it: a pricing table.
 *
 * <p>Owns nothing that is stored. Does not own: plans, prices and offers ({@code catalog}), bundles ({@code bundle}), and what one account could take of
 * an offer ({@code eligibility}). Derived: what a plan adds to the one below it, and what paying by the year saves.
 */
@NullMarked
package dev.headroom.storefront;

import org.jspecify.annotations.NullMarked;
