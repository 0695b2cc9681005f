/**
 * Who may come in: API keys of the vendor's backend, account tokens for its frontend, console users; and the keys that signatures are
 * made with.
 *
 * <p>Owns: their secrets, hashed or encrypted at rest. Does not own: what an actor may do, which is
 * {@link dev.headroom.actor.Permission}; reading credentials from a request, which is {@code api} and {@code console}.
 */
@NullMarked
package dev.headroom.identity;

import org.jspecify.annotations.NullMarked;
