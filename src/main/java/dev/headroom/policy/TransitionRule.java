package dev.headroom.policy;

import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.ProductId;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How changes of one kind are made.
 *
 * @param from the plan before the change; absent is whatever it is
 * @param to   the plan after it; absent is whatever it is
 */
public record TransitionRule(RuleId id, ProductId product, ChangeKind kind, @Nullable PlanId from, @Nullable PlanId to, Transition transition) {

    /** Identifies a rule. */
    public record RuleId(UUID value) {

        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** No two rules of a product that speak of the same change are equal here, for no two have kind, from and to in common. */
    static final Comparator<TransitionRule> MOST_SPECIFIC_FIRST = Comparator.comparing((TransitionRule rule) -> rule.from == null)
            .thenComparing(rule -> rule.to == null);

    /** @param before absent for what begins */
    boolean speaksOf(ChangeKind change, @Nullable PlanId before, PlanId after) {
        return kind == change && (from == null || from.equals(before)) && (to == null || to.equals(after));
    }
}
