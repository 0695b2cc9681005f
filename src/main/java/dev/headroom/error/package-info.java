/**
 * How Headroom says that a request is wrong or forbidden, or that it cannot start.
 *
 * <p>Owns: the numbered codes, the one exception that carries them, and the sentence that ends a start. Does not own: the business saying no, which is a sealed
 * result of the module that says it.
 */
@NullMarked
package dev.headroom.error;

import org.jspecify.annotations.NullMarked;
