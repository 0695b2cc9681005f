package dev.headroom.pricing;

/** What a change does to the period that is already running. */
public enum Proration {
    /** Credit and charge the rest of the period, and invoice both at once. */
    INVOICE_NOW,
    /** Give the rest of the period back, and begin and invoice a whole one at once. */
    NEW_PERIOD,
    /** Leave the running period as it was billed; the next invoice has the new items. Also how a change at period end is quoted. */
    NONE
}
