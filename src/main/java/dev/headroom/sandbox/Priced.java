package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a full period of an item costs.
 *
 * @param gross  before discounts, not rounded: a line that prorates it rounds only once
 * @param shares what each discount takes off, in whole minor units before anything is multiplied with it
 */
record Priced(BigDecimal gross, List<Reduction.Share> shares) {

    BigDecimal net() {
        return gross.subtract(BigDecimal.valueOf(Reduction.sum(shares))).max(BigDecimal.ZERO);
    }
}
