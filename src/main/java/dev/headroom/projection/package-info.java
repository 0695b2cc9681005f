/**
 * What recurring revenue would come to in twelve months, if they were as the last ones were but for what somebody assumes.
 *
 * <p>Owns: the rates of closed months, what assumptions make of them, the months to come and the band around them. Does not own: the months themselves ({@code revenue}). Nothing is
 * stored, and the same months with the same assumptions always give the same answer.
 */
@NullMarked
package dev.headroom.projection;

import org.jspecify.annotations.NullMarked;
