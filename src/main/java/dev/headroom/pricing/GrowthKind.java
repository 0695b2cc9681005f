package dev.headroom.pricing;

/**
 * Which way of growing a change is, by the monthly recurring revenue (MRR) net of lasting discounts.
 *
 * <p>Nothing before is {@link #NEW}, nothing after {@link #CHURN}, beside other subscriptions that the account pays for {@link #CROSS_SELL} and
 * {@link #CONTRACTION}; less MRR is {@link #CONTRACTION} and the same MRR
 * {@link #NONE}, whatever else changes. With more MRR each item that grew has one cause, and the cause that brings most names
 * the change; on a tie the one declared first here:
 * <ol>
 *   <li>the item has another offering: upsell (seat or usage expansion for items of those kinds),
 *   <li>it is new: cross-sell (likewise),
 *   <li>its quantity rose: seat expansion (usage expansion for usage),
 *   <li>otherwise its price rose, a discount left it, or a cheaper interval was given up: price increase.
 * </ol>
 */
public enum GrowthKind {
    UPSELL,
    CROSS_SELL,
    SEAT_EXPANSION,
    USAGE_EXPANSION,
    PRICE_INCREASE,
    CONTRACTION,
    NEW,
    CHURN,
    NONE
}
