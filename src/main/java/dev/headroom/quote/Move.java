package dev.headroom.quote;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanId;
import dev.headroom.policy.ChangeKind;
import dev.headroom.policy.ProductPolicy;
import dev.headroom.policy.TransitionRule;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange.When;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a change is in the words of policies.
 *
 * @param to the plan after it; of the end of a subscription the one that it ends on
 */
public record Move(PlanId from, PlanId to, Set<ChangeKind> kinds) {

    /**
     * What was quoted, from what the quote says alone.
     *
     * @param at the second for which it was quoted
     */
    public static Move of(AccountSubscription subscription, CatalogSnapshot catalog, Instant at, When when, Target target) {
        Circumstances now = new Circumstances(subscription, catalog, at, List.of(), List.of());
        return of(now, now.ends(target) ? now.current() : now.base(when), target);
    }

    static Move of(Circumstances now, Target from, Target to) {
        return new Move(
                from.version().plan().ruled(), to.version().plan().ruled(), now.ends(to) ? EnumSet.of(ChangeKind.END) : Kinds.between(from, to, now));
    }

    /** The rule that says when and how it is made; empty where what is usual holds. */
    Optional<TransitionRule> ruledBy(ProductPolicy policy) {
        return policy.binding(from, to, kinds);
    }

    /** The rule by which somebody of the vendor has to approve of it first. */
    public Optional<TransitionRule> approvedBy(ProductPolicy policy) {
        return policy.approval(from, to, kinds);
    }
}
