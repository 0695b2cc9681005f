/**
 * What usage means to whoever looks at it: how it went, where it is heading, how it compares.
 *
 * <p>Owns: turning totals, limits and windows into series, projections, shares of groups and benchmarks. Does not own: the totals
 * ({@code usage}), the limits ({@code entitlement}), the method of a forecast ({@code forecast}), which plan would fit ({@code quote}).
 * Nothing is stored, and only what is compared with others is remembered, for a minute: everything is derived when it is asked for.
 */
@NullMarked
package dev.headroom.reading;

import org.jspecify.annotations.NullMarked;
