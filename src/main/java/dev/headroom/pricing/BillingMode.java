package dev.headroom.pricing;

/** How Stripe computes the credit of a change; every subscription has its own and can only go from classic to flexible. */
public enum BillingMode {
    /** Credits the current price and quantity with the last discounts; an amount off weighs whole on each prorated item. */
    CLASSIC,
    /** Credits what was really debited, one line a debit; an amount off is shared in proportion. */
    FLEXIBLE
}
