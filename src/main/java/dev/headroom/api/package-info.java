/**
 * The door: who comes in, what a request may cost, how errors look.
 *
 * <p>Owns: credentials read from requests, limits of size, depth and cost, scalars, the shape of errors. Does not own: what may be asked,
 * which each module adds with its own controller and its own part of the schema; what an actor may do, which the services decide.
 */
@NullMarked
package dev.headroom.api;

import org.jspecify.annotations.NullMarked;
