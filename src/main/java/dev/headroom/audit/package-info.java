/**
 * Who did what to which thing.
 *
 * <p>Owns: the entries, written by whoever changes something in the transaction that changes it, never changed afterwards.
 * Does not own: deciding what deserves one, which is the writer's duty.
 */
@NullMarked
package dev.headroom.audit;

import org.jspecify.annotations.NullMarked;
