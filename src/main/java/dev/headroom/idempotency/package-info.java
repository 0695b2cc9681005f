/**
 * Commands that may arrive twice and take effect once.
 *
 * <p>Owns: which actor used which key for which operation with which input, and the id of what that made. Does not own: the
 * answer itself, which is read again by that id, so that a repeated command tells today's truth; usage events, which carry an
 * identity of their own.
 */
@NullMarked
package dev.headroom.idempotency;

import org.jspecify.annotations.NullMarked;
