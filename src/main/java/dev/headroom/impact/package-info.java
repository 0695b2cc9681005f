/**
 * What a version of a plan or add-on that is not sold yet would do to everybody who has another one of it.
 *
 * <p>Owns: runs, how far each has looked, and of each subscription a line; their sums; the receipt that somebody could see them. Does not own:
 * what things cost ({@code pricing}, through {@code quote}), what is used ({@code usage}), publishing a version and moving anybody to it. Derived
 * from facts that go on changing: a line says which version of its subscription it was made of.
 */
@NullMarked
package dev.headroom.impact;

import org.jspecify.annotations.NullMarked;
