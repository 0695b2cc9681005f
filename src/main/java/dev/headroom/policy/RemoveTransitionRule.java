package dev.headroom.policy;

/** Removes a rule; what it spoke of is made as the other rules say, or as is usual. */
public record RemoveTransitionRule(String idempotencyKey, String rule) {

    /** What came of it. */
    public sealed interface RemoveTransitionRuleResult {}

    /** It is gone, now or by the same command before. */
    public record TransitionRuleRemoved(TransitionRule.RuleId id) implements RemoveTransitionRuleResult {}
}
