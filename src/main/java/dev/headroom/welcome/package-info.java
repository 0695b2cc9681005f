/**
 * The first minute with Headroom: the first owner, the first API key, and the lines that say where everything is.
 *
 * <p>Owns: the file {@code credentials.txt} in the data folder, readable by its owner only, from which the lines are printed again at
 * later starts. Does not own: users and keys ({@code identity}), which stay valid without the file and are replaced in the console; delete
 * it once both are.
 */
@NullMarked
package dev.headroom.welcome;

import org.jspecify.annotations.NullMarked;
