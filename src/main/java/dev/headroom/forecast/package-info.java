/**
 * Where a meter is heading: what will be used when its window ends, and when its limits will be reached.
 *
 * <p>Owns: the method, described and measured in {@code docs/forecast.md}; the projection with its band, the date of a limit, the
 * growth rate. Pure: days, windows and an instant come in, a {@link dev.headroom.forecast.Forecast} comes out, the same for the
 * same facts. Does not own: what was used ({@code usage}), what limits mean ({@code limits}), which plan would fit. Windows are
 * half-open; a limit is reached with its last unit, as in {@code limits}. Nothing here is stored.
 */
@NullMarked
package dev.headroom.forecast;

import org.jspecify.annotations.NullMarked;
