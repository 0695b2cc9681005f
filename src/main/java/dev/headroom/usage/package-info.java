/**
 * What accounts used.
 *
 * <p>Owns: usage events, each counted once however often it arrives, and the running totals of every meter in its windows, raised in
 * the same transaction. Does not own: limits ({@code entitlement}), seats ({@code subscription}). Windows are half-open; which
 * one an event belongs to is derived from the meter's reset, the account's zone and the billing period that holds the event.
 */
@NullMarked
package dev.headroom.usage;

import org.jspecify.annotations.NullMarked;
