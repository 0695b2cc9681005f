package dev.headroom.revenue;

/** What a movement of recurring revenue is; judged by account and currency, not by subscription. */
public enum MovementKind {
    /** The first that an account pays, and what else begins on that day. */
    NEW,
    /** More for another plan. */
    UPSELL,
    /** An add-on, or another product beside what is paid for already. */
    CROSS_SELL,
    /** More of the same: seats, or one more subscription of a product that is paid for. */
    SEAT_EXPANSION,
    USAGE_EXPANSION,
    /** The same costs more: no expansion, unless asked for. */
    PRICE_INCREASE,
    /** A discount is over, by itself or taken away: an expansion. */
    DISCOUNT_END,
    /** Less, while something is still paid, or paused. */
    CONTRACTION,
    /** The end of the last that was paid for. */
    CHURN,
    /** Somebody pays again who paid before, with all that begins on that day, or goes on with what was paused. */
    REACTIVATION;

    /** Whether it makes those pay more who pay. */
    public boolean expands() {
        return switch (this) {
            case UPSELL, CROSS_SELL, SEAT_EXPANSION, USAGE_EXPANSION, DISCOUNT_END -> true;
            case NEW, PRICE_INCREASE, CONTRACTION, CHURN, REACTIVATION -> false;
        };
    }
}
