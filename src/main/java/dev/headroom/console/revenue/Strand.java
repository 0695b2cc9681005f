package dev.headroom.console.revenue;

import dev.headroom.revenue.MovementKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Kinds of movements that are told apart by the eye, from the inner to the outer; the table beside it tells all of them apart. */
public enum Strand {
    EXPANSION,
    PRICE,
    REACTIVATED,
    FRESH,
    CONTRACTED,
    CHURNED;

    static Strand of(MovementKind kind) {
        return switch (kind) {
            case UPSELL, CROSS_SELL, SEAT_EXPANSION, USAGE_EXPANSION, DISCOUNT_END -> EXPANSION;
            case PRICE_INCREASE -> PRICE;
            case REACTIVATION -> REACTIVATED;
            case NEW -> FRESH;
            case CONTRACTION -> CONTRACTED;
            case CHURN -> CHURNED;
        };
    }

    List<MovementKind> kinds() {
        return Arrays.stream(MovementKind.values()).filter(kind -> of(kind) == this).toList();
    }

    /** Its class in style sheets. */
    String style() {
        return "strand-" + name().toLowerCase(Locale.ROOT);
    }
}
