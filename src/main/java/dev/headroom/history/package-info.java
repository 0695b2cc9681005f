/**
 * What accounts paid before anything was recorded of them, as a file tells it: read, looked at, and brought into the ledger.
 *
 * <p>Owns: the columns of such a file and what may stand in them, every mistake with its place, what a file would move, and how far one has come. Does not own: what a
 * state of the past becomes, and whether it may ({@code revenue}); what an account is ({@code account}). Derived: what a file moves, which is counted again when it is brought.
 */
@NullMarked
package dev.headroom.history;

import org.jspecify.annotations.NullMarked;
