package dev.headroom.console.revenue;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Where something stands on a picture, for style sheets. */
final class Share {

    private static final int DECIMALS = 3;

    private Share() {}

    /** @param whole nothing is as good as one */
    static String of(long part, long whole) {
        return BigDecimal.valueOf(part).scaleByPowerOfTen(2).divide(BigDecimal.valueOf(Math.max(whole, 1)), DECIMALS, RoundingMode.HALF_UP).toPlainString() + "%";
    }

    /** The largest of 1, 2 and 5 with zeros behind it that fits at least twice into a height. */
    static long step(long height) {
        long step = 1;
        for (long next = 1; next <= height / 2; next = next(next)) {
            step = next;
        }
        return step;
    }

    /** 1, 2, 5, 10, 20, 50 and so on. */
    private static long next(long step) {
        return Long.toString(step).startsWith("2") ? step / 2 * 5 : step * 2;
    }
}
