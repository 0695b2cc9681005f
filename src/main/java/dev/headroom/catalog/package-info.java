/**
 * What the vendor sells: products, features, plans and the add-ons beside them, their versions, prices.
 *
 * <p>Owns: these, and the rule that a published version never changes, so that every node keeps the whole catalogue in memory. Does
 * not own: who bought what ({@code subscription}), what a price comes to ({@code pricing}), the objects at Stripe that stand for these
 * ({@code stripe}).
 */
@NullMarked
package dev.headroom.catalog;

import org.jspecify.annotations.NullMarked;
