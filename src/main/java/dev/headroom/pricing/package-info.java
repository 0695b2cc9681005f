/**
 * What something costs: charge models, discounts, proration to the second, and the quotation of a change.
 *
 * <p>Owns: the arithmetic, and nothing else. Pure: no clock, no storage, no Stripe; facts go in, records come out. It mirrors
 * Stripe's arithmetic but shares no code with the Stripe sandbox, or their agreement would prove nothing. Exact rationals are
 * carried to the end of each line and rounded there, once. Does not own: which plans exist ({@code catalog}), what an account
 * holds ({@code subscription}), what a quote promises ({@code quote}). Periods are half-open. Nothing here is stored.
 */
@NullMarked
package dev.headroom.pricing;

import org.jspecify.annotations.NullMarked;
