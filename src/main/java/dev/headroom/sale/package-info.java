/**
 * How offers and bundles come on sale, and go: prepared as a draft, looked at in everybody whom it concerns, put live by whoever may.
 *
 * <p>Owns: these drafts, who had a hand in them, and what was seen of what they would do. Does not own: what is sold in the end
 * ({@code catalog}, {@code bundle}), nor whom it concerns ({@code reach}). Derived: what is wrong with a draft, and in what it differs.
 */
@NullMarked
package dev.headroom.sale;

import org.jspecify.annotations.NullMarked;
