/**
 * What an account may use, and how much of it is left.
 *
 * <p>Owns: the answer, and what each node remembers to give it without asking the database; what accounts have beside what they
 * bought: grants, roll-outs, and gates that opened by use. Does not own: what was bought
 * ({@code subscription}), what was used ({@code usage}), what limits mean ({@code limits}). A change or a recording is known on the
 * same node to the next check, on the others within a second; every answer says as of when it speaks.
 */
@NullMarked
package dev.headroom.entitlement;

import org.jspecify.annotations.NullMarked;
