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
 * <p>Deliberately different from Stripe: a preview is kept only where it has more lines than it embeds; invoices of renewals are finalised and paid at once instead of after an hour, unless
 * {@link dev.headroom.sandbox.Sandbox#keepDrafts} asks for the hour; confirming
 * a payment intent stands for the customer authenticating it; failed renewals are tried again after 3, 5 and 7 days and then stay
 * {@code past_due}; attaching a card that is always declined succeeds, charging it does not. What Stripe leaves unsaid is read so:
 * halves round away from zero; what is too little to charge waits on the customer's balance; a price with tiers makes one line,
 * rounded once; a change during a trial is free and makes no line, and leaves the trial's end alone; an interval that changes
 * without a new anchor in flexible billing counts from the old anchor; what an update that waited for its payment had taken along
 * waits again once it is discarded; a debit that is deleted before it is billed is not credited later;
 * prorations use up no coupon; where they itemize their discounts they charge what they would without; discounts of items come before
 * the subscription's, and the customer's counts where the subscription has none.
 *
 * <p>Not here: taxes, metered prices, schedules, checkout and portal pages, setup intents, test clocks, manual invoices, discounts on
 * invoice items made by hand, search, invoices by mail and hosted pages, prorating up to a {@code cancel_at} in the middle of a period,
 * rate limits, injected faults. A customer is given a discount by {@link dev.headroom.sandbox.Sandbox#discount}, as in Stripe's dashboard:
 * its API has no way to. Of events: none of payment intents and discounts, no {@code invoice.payment_succeeded}, no
 * {@code trial_will_end}. A parameter that is not implemented is refused as unknown, never ignored silently, but for
 * {@code off_session} and its like, which change nothing here.
 */
@NullMarked
package dev.headroom.sandbox;

import org.jspecify.annotations.NullMarked;
