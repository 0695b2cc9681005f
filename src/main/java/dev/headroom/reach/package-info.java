/**
 * Whom an offer or a bundle concerns, before it is there or before it ends: account by account, with what it does to what they bring.
 *
 * <p>Owns nothing that is stored. Does not own: offers ({@code catalog}), bundles ({@code bundle}), which bundle reduces what and who may take an offer
 * ({@code quote}, {@code start}), and what things cost ({@code pricing}, through {@code quote}).
 */
@NullMarked
package dev.headroom.reach;

import org.jspecify.annotations.NullMarked;
