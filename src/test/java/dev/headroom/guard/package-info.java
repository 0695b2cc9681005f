/**
 * What the guards read the code with.
 *
 * <p>Owns: source files as trees, and under {@code samples} a little house that breaks the rules, so that every guard is seen to catch
 * what it is there for.
 */
@NullMarked
package dev.headroom.guard;

import org.jspecify.annotations.NullMarked;
