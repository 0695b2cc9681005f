package dev.headroom.policy;

import dev.headroom.catalog.PlanId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How customers of one product may move.
 *
 * @param rules in the order of their kinds, the most specific first
 */
public record ProductPolicy(List<TransitionRule> rules, CreditGuard guard) {

    /** Of a product of which nothing was said. */
    public static final ProductPolicy USUAL = new ProductPolicy(List.of(), CreditGuard.USUAL);

    public ProductPolicy {
        rules = rules.stream().sorted(Comparator.comparing(TransitionRule::kind).thenComparing(TransitionRule.MOST_SPECIFIC_FIRST)
                .thenComparing(rule -> rule.id().value())).toList();
    }

    /**
     * The rule that says when and how a change is made: of each kind that it is, the most specific one, a plan before the change being more specific
     * than one after it; of those the strictest, and of two as strict that of the kind that is declared first. Empty where none says so: one that
     * wants it approved says whether it is made, and not when.
     */
    public Optional<TransitionRule> binding(PlanId from, PlanId to, Set<ChangeKind> kinds) {
        return speaking(from, to, kinds)
                .filter(rule -> rule.transition() != Transition.BY_APPROVAL)
                .reduce((first, second) -> second.transition().compareTo(first.transition()) > 0 ? second : first);
    }

    /**
     * The rule by which somebody of the vendor approves of a change first; of several that of the kind that is declared first.
     *
     * @param from absent for what begins
     */
    public Optional<TransitionRule> approval(@Nullable PlanId from, PlanId to, Set<ChangeKind> kinds) {
        return speaking(from, to, kinds).filter(rule -> rule.transition() == Transition.BY_APPROVAL).findFirst();
    }

    private Stream<TransitionRule> speaking(@Nullable PlanId from, PlanId to, Set<ChangeKind> kinds) {
        return kinds.stream().sorted().flatMap(kind -> rules.stream().filter(rule -> rule.speaksOf(kind, from, to)).limit(1));
    }
}
