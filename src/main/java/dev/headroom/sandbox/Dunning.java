package dev.headroom.sandbox;

/** What becomes of a subscription after the last attempt to collect its invoice, as Stripe's settings say. */
public enum Dunning {
    /** It stays past due, and its invoice open. */
    PAST_DUE,
    /** It stays past due, and its invoice is given up. */
    UNCOLLECTIBLE,
    /** It goes on unpaid: later invoices are made and not collected. */
    UNPAID,
    /** It ends; its invoice stays open. */
    CANCEL
}
