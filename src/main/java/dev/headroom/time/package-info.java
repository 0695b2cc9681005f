/**
 * Instants, half-open periods, billing intervals and the one clock.
 *
 * <p>Owns: {@link dev.headroom.time.Period}, the clock bean, the clock that stories travel with. Does not own: when something is
 * billed, which is {@code pricing}. Nothing here is stored.
 */
@NullMarked
package dev.headroom.time;

import org.jspecify.annotations.NullMarked;
