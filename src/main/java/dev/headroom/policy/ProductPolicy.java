package dev.headroom.policy;

import dev.headroom.catalog.PlanId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How customers of one product may move.
 *
 * @param rules in the order of their kinds, the most specific first
 */
public record ProductPolicy(List<TransitionRule> rules, CreditGuard guard) {

    static final ProductPolicy USUAL = new ProductPolicy(List.of(), CreditGuard.USUAL);

    public ProductPolicy {
        rules = rules.stream().sorted(Comparator.comparing(TransitionRule::kind).thenComparing(TransitionRule.MOST_SPECIFIC_FIRST)
                .thenComparing(rule -> rule.id().value())).toList();
    }

    /**
     * The rule that a change is made by: of each kind that it is, the most specific one, a plan before the change being more specific than one
     * after it; of those the strictest, and of two as strict that of the kind that is declared first. Empty where none speaks of it.
     */
    public Optional<TransitionRule> binding(PlanId from, PlanId to, Set<ChangeKind> kinds) {
        return kinds.stream()
                .sorted()
                .flatMap(kind -> rules.stream().filter(rule -> rule.speaksOf(kind, from, to)).limit(1))
                .reduce((first, second) -> second.transition().compareTo(first.transition()) > 0 ? second : first);
    }
}
