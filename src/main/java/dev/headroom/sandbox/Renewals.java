package dev.headroom.sandbox;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What time does by itself: renewals, ends of trials, cancellations that were set, expiries, repeated payment attempts. */
final class Renewals {

    private final Session session;
    private final boolean drafts;
    private final Dunning dunning;

    /**
     * @param session whose now is the second at which the thing was due, not the second at which it is done
     * @param drafts  whether invoices of renewals stay drafts for an hour
     * @param dunning what becomes of a subscription whose invoice nobody could collect
     */
    Renewals(Session session, boolean drafts, Dunning dunning) {
        this.session = session;
        this.drafts = drafts;
        this.dunning = dunning;
    }

    void subscription(ObjectNode subscription) {
        Instant now = session.now();
        Instant cancelAt = Json.instantOrNull(subscription, "cancel_at");
        Instant expires = Json.instantOrNull(subscription.path("pending_update"), "expires_at");
        if ("incomplete".equals(Json.text(subscription, "status"))) {
            abandon(subscription);
        } else if (expires != null && !expires.isAfter(now)) {
            new PendingUpdates(session).discard(subscription);
            session.update(subscription);
            session.announce("customer.subscription.pending_update_expired", subscription);
        } else if (cancelAt != null && !cancelAt.isAfter(now)) {
            new Ending(session).cancelOnTime(subscription);
        } else if (Pause.isOver(subscription, now)) {
            subscription.putNull("pause_collection");
            session.update(subscription);
        } else if (now.equals(Scheduling.phaseEnd(subscription))) {
            turn(subscription);
        } else {
            renew(subscription);
        }
    }

    /** Finalises a draft whose hour is over, or tries again to collect an invoice whose payment had failed. */
    void invoice(ObjectNode invoice) {
        String subscriptionId = Json.required(invoice.path("parent").path("subscription_details"), "subscription");
        ObjectNode subscription = session.load(Kind.SUBSCRIPTION, subscriptionId);
        if ("draft".equals(Json.text(invoice, "status"))) {
            new Settlement(session).release(invoice);
            charge(subscription, invoice);
            session.update(subscription);
        } else if (Terms.sends(invoice)) {
            overdue(subscription, invoice);
        } else {
            again(subscription, invoice);
        }
    }

    private void again(ObjectNode subscription, ObjectNode invoice) {
        String paymentMethod = Updating.paymentMethod(session, subscription);
        Settlement settlement = new Settlement(session);
        invoice.putNull("next_payment_attempt");
        if (settlement.charge(invoice, paymentMethod).isEmpty()) {
            new Outcomes(session).paid(invoice);
            return;
        }
        settlement.retryLater(invoice);
        if (invoice.path("next_payment_attempt").isNull()) {
            giveUp(subscription, invoice);
        }
    }

    /** Nobody tries again. */
    private void giveUp(ObjectNode subscription, ObjectNode invoice) {
        switch (dunning) {
            case PAST_DUE -> { }
            case UNCOLLECTIBLE -> new Settlement(session).markUncollectible(invoice);
            case UNPAID -> {
                subscription.put("status", "unpaid");
                session.update(subscription);
            }
            case CANCEL -> new Ending(session).cancelNow(subscription, false, false);
        }
    }

    /** An invoice that was sent was not paid by the day it had to be. */
    private void overdue(ObjectNode subscription, ObjectNode invoice) {
        Terms.fell(invoice);
        session.save(invoice);
        session.announce("invoice.overdue", invoice);
        if (Json.required(invoice, "id").equals(Json.text(subscription, "latest_invoice")) && "active".equals(Json.text(subscription, "status"))) {
            subscription.put("status", "past_due");
            session.update(subscription);
        }
    }

    /** A phase ends; what the next one says holds from this second on. After the last one the subscription goes on by itself. */
    private void turn(ObjectNode subscription) {
        Instant now = session.now();
        new PendingUpdates(session).discard(subscription);
        Optional<Phase> next = Scheduling.beginning(session, subscription, now);
        if (next.isEmpty()) {
            new Scheduling(session).release(subscription, false);
        } else if (Deadlines.earliestPeriodEnd(subscription).isAfter(now)) {
            begin(subscription, next.get());
        } else {
            bill(subscription);
        }
        next.ifPresent(phase -> new Scheduling(session).enter(subscription, phase));
        session.update(subscription);
    }

    /** In the middle of a period, a phase begins as an update does. */
    private void begin(ObjectNode subscription, Phase phase) {
        Plan plan = Scheduling.plan(session, subscription, phase, session.now());
        Plan.apply(plan.subscription(), subscription);
        new Discounts(session).commit(subscription);
        if (plan.invoicesNow()) {
            collect(subscription, Updating.draft(new Billing(session), session, plan, Billing.Reason.SUBSCRIPTION_UPDATE));
        } else {
            new WaitingItems(session).park(plan);
        }
    }

    private void renew(ObjectNode subscription) {
        bill(subscription);
        session.update(subscription);
    }

    private void bill(ObjectNode subscription) {
        Instant now = session.now();
        Span ended = NextPeriod.ended(subscription, now);
        Plan plan = new NextPeriod(session).plan(subscription, now);
        Plan.apply(plan.subscription(), subscription);
        new Discounts(session).commit(subscription);
        if (!plan.lines().isEmpty() || !new WaitingItems(session).of(subscription).isEmpty()) {
            collect(subscription, new Billing(session).draft(subscription, plan.lines(), Billing.Reason.SUBSCRIPTION_CYCLE, ended));
        }
    }

    private void collect(ObjectNode subscription, ObjectNode invoice) {
        new Pause(session).issue(subscription, invoice, drafts);
        Billing.bind(subscription, invoice);
        subscription.put("latest_invoice", Json.text(invoice, "id"));
        new Discounts(session).expire(subscription, Billing.usedDiscounts(invoice), session.now());
        charge(subscription, invoice);
    }

    private void charge(ObjectNode subscription, ObjectNode invoice) {
        Settlement settlement = new Settlement(session);
        Optional<Decline> decline = settlement.collect(invoice, Updating.paymentMethod(session, subscription));
        if (decline.isPresent() && "unpaid".equals(Json.text(subscription, "status"))) {
            invoice.put("auto_advance", false);
            session.save(invoice);
        } else if (decline.isPresent()) {
            settlement.retryLater(invoice);
            subscription.put("status", "past_due");
        }
    }

    /** Nobody paid the first invoice in time. */
    private void abandon(ObjectNode subscription) {
        ObjectNode invoice = session.load(Kind.INVOICE, Json.required(subscription, "latest_invoice"));
        if ("open".equals(Json.text(invoice, "status"))) {
            new Settlement(session).cancel(invoice);
        }
        subscription.put("status", "incomplete_expired");
        Json.put(subscription, "ended_at", session.now());
        session.update(subscription);
    }
}
