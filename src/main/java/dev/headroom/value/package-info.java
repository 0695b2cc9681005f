/**
 * What a change is worth to the customer, by what the vendor says a unit is worth.
 *
 * <p>Owns: the metrics of each product, version by version, and the arithmetic of value, payback and return; from how many units a month a dearer
 * plan costs less than overage. Does not own: prices and what is expected to be used ({@code quote}). Nothing of a case is stored: it is derived
 * from a quote, and is no part of what the quote promises.
 */
@NullMarked
package dev.headroom.value;

import org.jspecify.annotations.NullMarked;
