/**
 * Who asks for something, and what they may do.
 *
 * <p>Owns: the closed set of actors and permissions, and the checks that every service begins with. Does not own: how somebody
 * proves who they are, which is {@code identity} and {@code api}.
 */
@NullMarked
package dev.headroom.actor;

import org.jspecify.annotations.NullMarked;
