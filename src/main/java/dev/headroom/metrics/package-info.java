/**
 * What is told of recurring revenue beside retention: how fast and by what customers grow.
 *
 * <p>Owns: the formulas, and the names of their parts. Does not own: the sums that they are made of ({@code revenue}), and what accounts have at present
 * ({@code subscription}). Nothing is stored.
 */
@NullMarked
package dev.headroom.metrics;

import org.jspecify.annotations.NullMarked;
