package dev.headroom.pricing;

import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Interval;
import dev.headroom.time.Period;
import java.time.Instant;

/**
 * When billing goes on after a change.
 *
 * @param next the first period that is billed as a whole
 */
record Schedule(BillingAnchor anchor, Period next) {

    static Schedule after(QuotationFacts facts, Period running) {
        Instant trialUntil = facts.trialUntil();
        Instant start = trialUntil != null && facts.inTrial() ? trialUntil : running.until();
        if (facts.target().isEmpty()) {
            return new Schedule(facts.anchor(), running);
        }
        Interval interval = QuotationFacts.interval(facts.target());
        BillingAnchor anchor = anchor(facts, start);
        return new Schedule(anchor, new Period(start, anchor.periodContaining(interval, start).until()));
    }

    /** A change of interval that waits for the period's end moves the anchor there; a trial always ends on it. */
    private static BillingAnchor anchor(QuotationFacts facts, Instant start) {
        if (facts.startsPeriod() && !facts.beginsWithin()) {
            return new BillingAnchor(facts.at());
        }
        return facts.inTrial() || facts.changesInterval() ? new BillingAnchor(start) : facts.anchor();
    }
}
