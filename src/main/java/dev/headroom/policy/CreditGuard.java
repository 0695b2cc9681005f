package dev.headroom.policy;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps customers from being credited again and again for what they used a while: less, soon after more, brings no credit at once.
 *
 * @param days after an expansion of the same subscription, 0 to 366; 0 is no guard
 */
public record CreditGuard(int days, Measure measure) {

    /** A week is longer than anybody needs to see that more was too much, and shorter than any period that is sold. */
    static final CreditGuard USUAL = new CreditGuard(7, Measure.WAITS);

    /** What becomes of a change that would bring credit too soon. */
    public enum Measure {
        /** It waits for the end of the period. */
        WAITS,
        /** It is made at once, with the running period left as it was billed. */
        NO_CREDIT
    }

    /** Exclusive end of the time in which an expansion keeps credit from being given. */
    public Instant until(Instant expansion) {
        return expansion.plus(Duration.ofDays(days));
    }
}
