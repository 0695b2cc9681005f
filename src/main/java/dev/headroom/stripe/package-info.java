/**
 * Stripe, spoken to in our words.
 *
 * <p>Owns: every call to Stripe, which account there the database belongs to, the link between our products and prices and Stripe's, the
 * inbox of its events. Does not own: what a charge means, which is {@code change}; what an event changes, for it only says that an
 * object changed and the listener reads the object again. Nobody else imports Stripe's client. Nothing here knows whether the real Stripe or the sandbox answers.
 */
@NullMarked
package dev.headroom.stripe;

import org.jspecify.annotations.NullMarked;
