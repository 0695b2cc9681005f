/**
 * Instants, half-open periods, billing intervals and the one clock.
 *
 * <p>Owns: {@link dev.headroom.time.Period}, {@link dev.headroom.time.BillingAnchor} and its cycle, the clock bean, the clock that
 * stories travel with. Does not own: what a period costs, which is {@code pricing}. Nothing here is stored.
 */
@NullMarked
package dev.headroom.time;

import org.jspecify.annotations.NullMarked;
