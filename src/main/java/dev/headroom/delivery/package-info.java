/**
 * What the vendor's other systems are told of, by HTTP.
 *
 * <p>Owns: the endpoints and their secrets, the events, and how far each has come to each endpoint. An event is written in the transaction
 * that makes it happen, and sent afterwards until it is answered, at least once, with an id that stays the same. Does not own: what happens
 * ({@code rollout}, {@code catalog}). Derived: nothing.
 */
@NullMarked
package dev.headroom.delivery;

import org.jspecify.annotations.NullMarked;
