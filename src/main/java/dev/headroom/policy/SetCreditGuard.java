package dev.headroom.policy;

import dev.headroom.policy.CreditGuard.Measure;

/**
 * Says when less, soon after more, brings credit.
 *
 * @param product key
 * @param days    0 to 366; 0 is no guard
 */
public record SetCreditGuard(String product, int days, Measure measure) {

    /** What came of it. */
    public sealed interface SetCreditGuardResult {}

    /** It holds from the next quote on. */
    public record CreditGuardSet(CreditGuard guard) implements SetCreditGuardResult {}
}
