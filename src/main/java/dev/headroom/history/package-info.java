/**
 * What accounts paid before anything was recorded of them, as a file or Stripe tells it: read, looked at, and brought into the ledger.
 *
 * <p>Owns: the columns of such a file and what may stand in them, what invoices at Stripe say was sold from when on, every mistake with its place, what a history would move, and how far one has come.
 * Does not own: what a state of the past becomes, and whether it may ({@code revenue}); what an account is ({@code account}); how Stripe is asked ({@code stripe}). Derived: what a history moves, which
 * is counted again when it is brought.
 */
@NullMarked
package dev.headroom.history;

import org.jspecify.annotations.NullMarked;
