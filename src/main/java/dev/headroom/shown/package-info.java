/**
 * A quote as it was shown: what somebody asked for, or accepted, is kept whole, so that it can be read and drawn again when prices, plans and use
 * are others by then. Owns how that is written down, and stores nothing: whoever keeps one has a row for it. Names of plans and features are the
 * catalogue's of the day on which it is read; amounts, arithmetic and what was used are of the day on which it was shown.
 */
@NullMarked
package dev.headroom.shown;

import org.jspecify.annotations.NullMarked;
