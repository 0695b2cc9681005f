/**
 * How an account pays: its customer at Stripe, the cards saved there, and paying an invoice.
 *
 * <p>Owns: making the customer, saving, preferring and removing cards, set-ups that the browser finishes, paying what is owed. Does not
 * own: which cards there are, which is {@code account}; the invoices, which are {@code invoice}; what is charged with a change, which is
 * {@code change}.
 *
 * <p>Derived: everything. Each act is told Stripe first and then read back from there.
 */
@NullMarked
package dev.headroom.payment;

import org.jspecify.annotations.NullMarked;
