/**
 * Carrying out what was promised: an intent, Stripe, an outcome.
 *
 * <p>Owns: plan changes and subscription starts with their states, one open change a subscription; reading Stripe back into
 * {@code subscription}. Does not own: prices of changes ({@code quote}), what is stored of a subscription ({@code subscription}).
 *
 * <p>A change lives through two short transactions with a call between them. Whatever dies in between, the sweeper reads Stripe first
 * and then either finishes or, where nothing happened, asks again under a new key, having asked first what that would charge; it never begins to
 * charge after the quote expired.
 *
 * <p>A change that waits for the bank keeps others out, and can be given up: an intent too, and Stripe says whether the payment came first.
 */
@NullMarked
package dev.headroom.change;

import org.jspecify.annotations.NullMarked;
