/**
 * What accounts bought.
 *
 * <p>Owns: subscriptions with their items, the debits that were billed for them, discounts, seats held, and the movements of recurring
 * revenue. It is a record of what Stripe has, written by whoever has read Stripe. Does not own: changing anything at Stripe
 * ({@code change}); what a change would cost ({@code quote}). Derived: monthly recurring revenue and the kind of growth, from
 * {@code pricing}.
 */
@NullMarked
package dev.headroom.subscription;

import org.jspecify.annotations.NullMarked;
