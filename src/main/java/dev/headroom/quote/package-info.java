/**
 * What a change would cost and mean: a pure function of facts, and a signature.
 *
 * <p>Owns: putting the facts together, the quote with its explanation, the signed token; which plan unlocks a feature, and which one holds
 * what is expected. Does not own: the arithmetic ({@code pricing}), what is expected ({@code reading}), carrying a quote out
 * ({@code change}). Nothing is stored: everything that must be known when a quote is accepted is in its token, and is checked again then.
 */
@NullMarked
package dev.headroom.quote;

import org.jspecify.annotations.NullMarked;
