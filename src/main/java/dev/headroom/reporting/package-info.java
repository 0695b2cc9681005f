/**
 * Recurring revenue of all currencies told in one, by rates that the vendor fixes for each month.
 *
 * <p>Owns: the rates, each entry kept, and how sums of several currencies become amounts of one that still add up. Does not own: the sums themselves, which
 * months are closed, and every formula ({@code revenue}). Derived: everything but the rates.
 */
@NullMarked
package dev.headroom.reporting;

import org.jspecify.annotations.NullMarked;
