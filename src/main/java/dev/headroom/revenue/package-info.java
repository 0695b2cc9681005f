/**
 * The ledger of recurring revenue and what is reckoned from it.
 *
 * <p>Owns: movements of monthly recurring revenue (MRR) by account and currency, the months that they are booked in, their totals, and the formulas of
 * retention with the vendor's choices in them. Does not own: what a subscription brings and what changed it ({@code subscription}), and what a cause
 * names: it is opaque here. Derived: everything but the settings and
 * what was brought of the time before anything was recorded, from that, the stored history of {@code subscription}
 * and what {@code invoice} stored of use; it can be reckoned again and compared.
 */
@NullMarked
package dev.headroom.revenue;

import org.jspecify.annotations.NullMarked;
