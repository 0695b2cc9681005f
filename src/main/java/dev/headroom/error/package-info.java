/**
 * How Headroom says that a request is wrong or forbidden.
 *
 * <p>Owns: the numbered codes and the one exception that carries them. Does not own: the business saying no, which is a sealed
 * result of the module that says it.
 */
@NullMarked
package dev.headroom.error;

import org.jspecify.annotations.NullMarked;
