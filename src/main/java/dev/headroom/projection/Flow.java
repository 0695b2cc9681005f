package dev.headroom.projection;

import dev.headroom.revenue.MovementKind;

/** What moves revenue within a month, in the order in which a month is reckoned: what is lost before what is won. Every kind of movement is in exactly one. */
public enum Flow {
    CHURN,
    CONTRACTION,
    EXPANSION,
    PRICE_INCREASE,
    REACTIVATION,
    NEW_BUSINESS;

    public static Flow of(MovementKind kind) {
        return switch (kind) {
            case NEW -> NEW_BUSINESS;
            case UPSELL, CROSS_SELL, SEAT_EXPANSION, USAGE_EXPANSION, DISCOUNT_END -> EXPANSION;
            case PRICE_INCREASE -> PRICE_INCREASE;
            case CONTRACTION -> CONTRACTION;
            case CHURN -> CHURN;
            case REACTIVATION -> REACTIVATION;
        };
    }

    boolean loses() {
        return this == CHURN || this == CONTRACTION;
    }

    /** Whether it is of those who pay already, so that it may count in net retention. */
    boolean ofThoseWhoPay() {
        return this != NEW_BUSINESS && this != REACTIVATION;
    }
}
