/**
 * What accounts used.
 *
 * <p>Owns: usage events, each counted once however often it arrives, and the running totals of every meter in its windows and by the
 * hour, raised in the same transaction; what is brought later as a whole, and taken back as a whole; room for events, a month a piece;
 * counting all of it again, and deleting what nobody can need any more. Does not own: limits ({@code entitlement}), seats ({@code subscription}). Windows are half-open; which
 * one an event belongs to is derived from the meter's reset, the account's zone and the billing period that holds the event.
 */
@NullMarked
package dev.headroom.usage;

import org.jspecify.annotations.NullMarked;
