/**
 * What Stripe would bill for terms, before anybody is promised it.
 *
 * <p>Owns: terms in Stripe's words. Does not own: what we reckon ({@code pricing}), what is promised ({@code quote}), what is carried out
 * ({@code change}).
 */
@NullMarked
package dev.headroom.preview;

import org.jspecify.annotations.NullMarked;
