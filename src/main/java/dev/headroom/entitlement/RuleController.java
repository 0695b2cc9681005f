package dev.headroom.entitlement;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.entitlement.RollOuts.RollOut;
import dev.headroom.entitlement.Unlocks.UnlockRule;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class RuleController {

    private final RollOuts rollOuts;
    private final Unlocks unlocks;
    private final Catalog catalog;

    RuleController(RollOuts rollOuts, Unlocks unlocks, Catalog catalog) {
        this.rollOuts = rollOuts;
        this.unlocks = unlocks;
        this.catalog = catalog;
    }

    record RollOutOf(String feature, int percent) {}

    record UnlockRuleOf(String feature, String meter, long units) {}

    record Gate(String feature) {}

    record RollOutSet(RollOut rollOut) {}

    record UnlockRuleSet(UnlockRule rule) {}

    sealed interface RemoveUnlockRuleResult {}

    record UnlockRuleRemoved(Feature feature) implements RemoveUnlockRuleResult {}

    record NoUnlockRule(Feature feature) implements RemoveUnlockRuleResult {}

    @QueryMapping
    List<RollOut> rollOuts(@ContextValue Actor actor) {
        return rollOuts.all(actor);
    }

    @QueryMapping
    List<UnlockRule> unlockRules(@ContextValue Actor actor) {
        return unlocks.all(actor);
    }

    @BatchMapping(typeName = "Account")
    Map<Account, List<Unlock>> unlocks(List<Account> of, @ContextValue Actor actor) {
        Map<AccountId, List<Unlock>> found = unlocks.ofAccounts(actor, of.stream().map(Account::id).toList());
        return of.stream().collect(toMap(Function.identity(), account -> found.getOrDefault(account.id(), List.of())));
    }

    @MutationMapping
    RollOutSet setRollOut(@Argument RollOutOf input, @ContextValue Actor actor) {
        return new RollOutSet(rollOuts.set(actor, input.feature(), input.percent()));
    }

    @MutationMapping
    UnlockRuleSet setUnlockRule(@Argument UnlockRuleOf input, @ContextValue Actor actor) {
        return new UnlockRuleSet(unlocks.set(actor, input.feature(), input.meter(), input.units()));
    }

    @MutationMapping
    RemoveUnlockRuleResult removeUnlockRule(@Argument Gate input, @ContextValue Actor actor) {
        boolean removed = unlocks.remove(actor, input.feature());
        Feature gate = catalog.snapshot().feature(input.feature()).orElseThrow();
        return removed ? new UnlockRuleRemoved(gate) : new NoUnlockRule(gate);
    }

    @SchemaMapping(typeName = "RollOut", field = "feature")
    Feature rolledOut(RollOut rollOut) {
        return catalog.snapshot().feature(rollOut.feature());
    }

    @SchemaMapping(typeName = "UnlockRule", field = "feature")
    Feature ruled(UnlockRule rule) {
        return catalog.snapshot().feature(rule.feature());
    }

    @SchemaMapping(typeName = "UnlockRule", field = "meter")
    Feature counted(UnlockRule rule) {
        return catalog.snapshot().feature(rule.meter());
    }

    @SchemaMapping(typeName = "Unlock", field = "feature")
    Feature opened(Unlock unlock) {
        return catalog.snapshot().feature(unlock.feature());
    }

    @SchemaMapping(typeName = "Unlock", field = "meter")
    Feature used(Unlock unlock) {
        return catalog.snapshot().feature(unlock.meter());
    }
}
