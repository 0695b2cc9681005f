/**
 * The invoices of accounts, as Stripe has them.
 *
 * <p>Owns: a copy of each invoice with its lines, what was refunded of it and whether its payment is disputed; from these, what use past limits
 * brings by each subscription; the schema {@code invoice}.
 * Does not own: what a change costs, which is {@code pricing} and {@code quote}; paying an invoice, which is {@code payment}; whether a
 * subscription runs, which is {@code subscription}.
 *
 * <p>Derived: everything. An event only says which invoice to read again; an account whose invoices are older than the events is read once.
 */
@NullMarked
package dev.headroom.invoice;

import org.jspecify.annotations.NullMarked;
