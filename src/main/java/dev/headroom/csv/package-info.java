/**
 * Lines of comma-separated values, for machines and for spreadsheets that may not take a text for a formula.
 *
 * <p>Owns: how a cell is written. Does not own: what stands in it, and where the lines go.
 */
@NullMarked
package dev.headroom.csv;

import org.jspecify.annotations.NullMarked;
