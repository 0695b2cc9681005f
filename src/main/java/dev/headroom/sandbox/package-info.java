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
 * preview stops after {@code Billing}. Time comes in through {@code Clockwork}; for customers with a test clock that clock's.
 *
 * <p>What Stripe has nothing like: {@code POST /_sandbox/faults} makes the next requests of an operation fail ({@code kind=lock_timeout},
 * {@code rate_limit}, {@code server_error}, {@code timeout} or {@code connection_reset}), before or after they have their effect.
 *
 * <p>Deliberately different from Stripe: a preview is kept only where it has more lines than it embeds, and worked out anew for a key that was used before; what was answered survives
 * the end of the process, and a power cut only once somebody else has committed to the same database or a moment has passed; invoices of renewals are finalised and paid at once instead of after an hour, unless
 * {@link dev.headroom.sandbox.Sandbox#keepDrafts} asks for the hour; confirming
 * a payment intent stands for the customer authenticating it; failed renewals are tried again after 3, 5 and 7 days and then stay
 * {@code past_due}, unless {@link dev.headroom.sandbox.Sandbox#dunning} says otherwise; an invoice that is sent is open at once, and its
 * subscription {@code past_due} from the second it is due; one that is given up as uncollectible leaves its subscription as it is; the page of an
 * invoice attaches the test card that pays it; attaching a card that is always declined succeeds, charging it does not. What Stripe leaves unsaid is read so:
 * halves round away from zero; what is too little to charge waits on the customer's balance; a price with tiers makes one line,
 * rounded once; a change during a trial is free and makes no line, and leaves the trial's end alone; an interval that changes
 * without a new anchor in flexible billing counts from the old anchor; a phase of a schedule keeps an item while its price stays,
 * lasts one cycle where nothing is said, gives the rest of a period back on the invoice of the cycle that it begins within one, and leaves the phases alone when its subscription is updated directly; a schedule that
 * was cancelled or completed is no longer the subscription's; a {@code cancel_at} within a period ends that period, so that it is
 * billed up to there and its end is the period's end, and taking it back makes the period whole again; classic billing keeps its
 * anchor then; what is dated back is prorated by the natural cycle that holds its date, from which the latest possible anchor is counted, and the current second is a
 * date of the past; automatic tax is one rate for everything, wherever the customer is, and a line shows what it adds to the rounded sum;
 * a test clock advances when time is let pass the next time, and events are dated by the clock on the wall also then; what an update
 * that waited for its payment had taken along waits again once it is discarded; a debit that is deleted before it is billed is not
 * credited later; prorations use up no coupon; where they itemize their discounts they charge what they would without; discounts of
 * items come before the subscription's, and the customer's counts where the subscription has none; a metered item counts what is dated
 * after it was put on its subscription, of a trial nothing, and makes no line where that is nothing; in flexible billing what was used of one
 * that goes, or takes another price, is billed then, and in classic billing lost; meter events count as soon as they are answered.
 *
 * <p>Not here: dating back in classic billing, over several cycles or to no anchor, tax rates and places, usage that is reported while a renewal's invoice is a draft, meter events by version 2, schedules that are not
 * made from a subscription, previews of schedules and of
 * phases that begin within a period, checkout and portal pages, manual invoices, credit notes, discounts on invoice items made by hand, search,
 * mail, prorating a first period that a {@code cancel_at} sent at its creation ends, rate limits of its
 * own accord. A customer is given a discount by {@link dev.headroom.sandbox.Sandbox#discount}, as in Stripe's dashboard: its API has no
 * way to. Of events: none of payment intents, charges that go through and discounts, no {@code invoice.payment_succeeded}, no {@code trial_will_end}. A parameter
 * that is not implemented is refused as unknown, never ignored silently, but for {@code off_session} and its like, which change nothing here.
 */
@NullMarked
package dev.headroom.sandbox;

import org.jspecify.annotations.NullMarked;
