/**
 * Money as integers in minor units, and unit prices as exact decimals.
 *
 * <p>Owns: amounts, currencies that Headroom can bill, exact ratios, the one rounding rule, allocation of an amount over
 * parts.
 * Does not own: charge models or proration, which are {@code pricing}. Nothing here is stored.
 */
@NullMarked
package dev.headroom.money;

import org.jspecify.annotations.NullMarked;
