/**
 * A small Stripe of our own: Stripe's wire format over HTTP, its billing rules, its events and webhooks, with state in PostgreSQL.
 *
 * <p>Owns: the schema {@code sandbox} and its own reading of Stripe's rules. It imports no other module, not even money and time:
 * that its amounts agree with our quotes proves something only because both are computed separately. Does not own: anything of
 * Headroom's; whoever talks to it cannot tell it from Stripe but by {@code livemode=false} and the {@code sk_test_} key.
 *
 * <p>The way of a request: {@link dev.headroom.sandbox.Sandbox} → {@code HttpFront} → {@code Reception} (key, idempotency, one
 * transaction) → the endpoint named like its object ({@code Subscriptions}) → {@code Planner} (what a change bills) →
 * {@code Billing} (lines become an invoice) → {@code Settlement} (open, paid, void) → {@code Rendering} and {@code Expansion}. A
 * preview stops after {@code Billing}. Time comes in through {@code Clockwork}.
 *
 * <p>Deliberately different from Stripe: invoices of renewals are finalised and paid at once instead of after an hour; confirming
 * a payment intent stands for the customer authenticating it; failed renewals are tried again after 3, 5 and 7 days and then stay
 * {@code past_due}; no more than a charge's minimum waits on the customer's balance.
 *
 * <p>Not here: taxes, metered prices, promotion codes, schedules, checkout and portal pages, setup intents, test clocks, manual
 * invoices, search, sending invoices by mail, itemised proration discounts, {@code cancel_at} in the middle of a period being
 * prorated, discounts of single items, rate limits. A parameter that is not implemented is refused as unknown, never ignored
 * silently, but for {@code off_session} and its like, which change nothing here.
 */
@NullMarked
package dev.headroom.sandbox;

import org.jspecify.annotations.NullMarked;
