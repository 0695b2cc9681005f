package dev.headroom.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.ProductId;
import dev.headroom.id.Ids;
import dev.headroom.policy.TransitionRule.RuleId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which rule speaks of a change, of any rules that a table can hold. */
class ProductPolicyTest {

    private static final ProductId PRODUCT = new ProductId(Ids.next());
    private static final List<PlanId> PLANS = List.of(new PlanId(Ids.next()), new PlanId(Ids.next()), new PlanId(Ids.next()));

    @Test
    void theOneThatSpeaksIsTheSameInWhateverOrderTheRulesCame() {
        SplittableRandom random = new SplittableRandom(35);
        for (int round = 0; round < 2_000; round++) {
            List<TransitionRule> rules = rules(random);
            PlanId from = PLANS.get(random.nextInt(3));
            PlanId to = PLANS.get(random.nextInt(3));
            Set<ChangeKind> kinds = EnumSet.noneOf(ChangeKind.class);
            random.ints(random.nextInt(4), 0, ChangeKind.values().length).forEach(kind -> kinds.add(ChangeKind.values()[kind]));

            Optional<TransitionRule> binding = policy(rules).binding(from, to, kinds);

            List<TransitionRule> shuffled = new ArrayList<>(rules);
            Collections.shuffle(shuffled, new Random(random.nextLong()));
            assertThat(policy(shuffled).binding(from, to, kinds)).isEqualTo(binding);
            assertThat(binding.map(TransitionRule::transition)).isEqualTo(kinds.stream()
                    .flatMap(kind -> speaking(rules, kind, from, to).stream())
                    .map(TransitionRule::transition)
                    .filter(transition -> transition != Transition.BY_APPROVAL)
                    .max(Transition::compareTo));
            assertThat(policy(shuffled).approval(from, to, kinds).map(TransitionRule::kind)).isEqualTo(kinds.stream()
                    .sorted()
                    .filter(kind -> speaking(rules, kind, from, to).filter(rule -> rule.transition() == Transition.BY_APPROVAL).isPresent())
                    .findFirst());
        }
    }

    /** Asked the other way round: for each way to name plans, from the most to the least, the rule that names them so. */
    private static Optional<TransitionRule> speaking(List<TransitionRule> rules, ChangeKind kind, PlanId from, PlanId to) {
        return named(rules, kind, from, to).or(() -> named(rules, kind, from, null)).or(() -> named(rules, kind, null, to)).or(() -> named(rules, kind, null, null));
    }

    private static Optional<TransitionRule> named(List<TransitionRule> rules, ChangeKind kind, @Nullable PlanId from, @Nullable PlanId to) {
        List<TransitionRule> found = rules.stream()
                .filter(rule -> rule.kind() == kind && Objects.equals(rule.from(), from) && Objects.equals(rule.to(), to)).toList();
        assertThat(found).hasSizeLessThan(2);
        return found.stream().findFirst();
    }

    private static ProductPolicy policy(List<TransitionRule> rules) {
        return new ProductPolicy(rules, CreditGuard.USUAL);
    }

    private static List<TransitionRule> rules(SplittableRandom random) {
        Set<List<@Nullable Object>> taken = new HashSet<>();
        List<TransitionRule> rules = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            ChangeKind kind = ChangeKind.values()[random.nextInt(3)];
            @Nullable PlanId from = random.nextBoolean() ? PLANS.get(random.nextInt(3)) : null;
            @Nullable PlanId to = random.nextBoolean() ? PLANS.get(random.nextInt(3)) : null;
            if (taken.add(Arrays.asList(kind, from, to))) {
                rules.add(new TransitionRule(new RuleId(Ids.next()), PRODUCT, kind, from, to, Transition.values()[random.nextInt(5)]));
            }
        }
        return rules;
    }
}
