/**
 * What the first subscription of a product would cost an account, promised before it starts.
 *
 * <p>Owns: what a requested start is in the catalogue, its quote, and the token that promises it. Does not own: changes of what runs ({@code quote}),
 * the arithmetic ({@code pricing}), and the start itself ({@code change}). Nothing is stored: the token says everything.
 */
@NullMarked
package dev.headroom.start;

import org.jspecify.annotations.NullMarked;
