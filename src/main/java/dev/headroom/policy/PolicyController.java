package dev.headroom.policy;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.Product;
import dev.headroom.policy.AddTransitionRule.AddTransitionRuleResult;
import dev.headroom.policy.RemoveTransitionRule.RemoveTransitionRuleResult;
import dev.headroom.policy.SetCreditGuard.SetCreditGuardResult;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class PolicyController {

    private final Policies policies;
    private final Catalog catalog;

    PolicyController(Policies policies, Catalog catalog) {
        this.policies = policies;
        this.catalog = catalog;
    }

    @MutationMapping
    AddTransitionRuleResult addTransitionRule(@Argument AddTransitionRule input, @ContextValue Actor actor) {
        return policies.add(actor, input);
    }

    @MutationMapping
    RemoveTransitionRuleResult removeTransitionRule(@Argument RemoveTransitionRule input, @ContextValue Actor actor) {
        return policies.remove(actor, input);
    }

    @MutationMapping
    SetCreditGuardResult setCreditGuard(@Argument SetCreditGuard input, @ContextValue Actor actor) {
        return policies.set(actor, input);
    }

    @SchemaMapping(typeName = "Product")
    List<TransitionRule> transitionRules(Product product) {
        return policies.of(product.id()).rules();
    }

    @SchemaMapping(typeName = "Product")
    CreditGuard creditGuard(Product product) {
        return policies.of(product.id()).guard();
    }

    @SchemaMapping(typeName = "TransitionRule")
    Product product(TransitionRule rule) {
        return catalog.snapshot().product(rule.product());
    }

    @SchemaMapping(typeName = "TransitionRule")
    Optional<Plan> from(TransitionRule rule) {
        return plan(rule.from());
    }

    @SchemaMapping(typeName = "TransitionRule")
    Optional<Plan> to(TransitionRule rule) {
        return plan(rule.to());
    }

    private Optional<Plan> plan(@Nullable PlanId id) {
        CatalogSnapshot known = catalog.snapshot();
        return known.plans().stream().filter(plan -> plan.id().equals(id)).findFirst();
    }
}
