/**
 * The whole catalogue as one file that people review, and what applying such a file would do, or did.
 *
 * <p>Owns: the words of the file, in what it differs from the catalogue, in which order that is made so. Does not own: what is right, which {@code catalog},
 * {@code draft}, {@code policy} and {@code bundle} say for a file as for every other door; and what is sold, which a file changes by drafts alone.
 */
@NullMarked
package dev.headroom.exchange;

import org.jspecify.annotations.NullMarked;
