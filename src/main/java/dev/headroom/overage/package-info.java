/**
 * What is used past a limit at a price, brought onto Stripe's invoices exactly once.
 *
 * <p>Owns: how many units of each window are charged for and at which price, the reports that tell Stripe of them, the meters and metered prices
 * that stand for ours there, and the items with them on subscriptions. Does not own: what was used ({@code usage}), what is included and what a
 * unit costs ({@code entitlement}), the calls to Stripe ({@code stripe}). Derived: what comes on top of the next invoice.
 *
 * <p>Recording usage knows nothing of this. A job reads the totals, notes what is new past the limits ({@code Tallies}), and looks after the
 * accounts for which that leaves something to do at Stripe ({@code Reports}, {@code MeteredItems}).
 */
@NullMarked
package dev.headroom.overage;

import org.jspecify.annotations.NullMarked;
