package dev.headroom.policy;

import org.jspecify.annotations.Nullable;

/**
 * Adds a rule to a product.
 *
 * @param product key
 * @param from    key of the plan before the change; absent is whatever it is
 * @param to      key of the plan after it; absent is whatever it is
 */
public record AddTransitionRule(
        String idempotencyKey, String product, ChangeKind kind, @Nullable String from, @Nullable String to, Transition transition) {

    /** What came of it. */
    public sealed interface AddTransitionRuleResult {}

    /** The rule, now or by the same command before. */
    public record TransitionRuleAdded(TransitionRule rule) implements AddTransitionRuleResult {}

    /** There is a rule for these changes already; remove it first. */
    public record TransitionRuleExists(TransitionRule rule) implements AddTransitionRuleResult {}
}
