package dev.headroom.approval;

import dev.headroom.actor.Actor;
import dev.headroom.approval.ApprovalRuleSets.SetApprovalRules;
import dev.headroom.approval.ApprovalRuleSets.SetApprovalRulesResult;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.Product;
import dev.headroom.money.Money;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class ApprovalRuleController {

    private final ApprovalRuleSets rules;
    private final Catalog catalog;

    ApprovalRuleController(ApprovalRuleSets rules, Catalog catalog) {
        this.rules = rules;
        this.catalog = catalog;
    }

    record Amount(long minor, String currency) {}

    record Rules(
            String product, int version, @Nullable Long seats, List<Amount> recurring, @Nullable BigDecimal discountPercent, List<String> plans,
            int requestDays) {

        SetApprovalRules command() {
            return new SetApprovalRules(
                    product, version, seats, recurring.stream().map(each -> Money.of(each.minor, each.currency)).toList(), discountPercent, plans, requestDays);
        }
    }

    @MutationMapping
    SetApprovalRulesResult setApprovalRules(@Argument Rules input, @ContextValue Actor actor) {
        return rules.set(actor, input.command());
    }

    @SchemaMapping(typeName = "Product")
    ApprovalRules approvalRules(Product product, @ContextValue Actor actor) {
        return rules.of(actor, product.id());
    }

    @SchemaMapping(typeName = "ApprovalRules")
    @Nullable String discountPercent(ApprovalRules of) {
        return of.discount() == null ? null : of.discount().toPlainString();
    }

    @SchemaMapping(typeName = "ApprovalRules")
    List<Plan> plans(ApprovalRules of) {
        return catalog.snapshot().plans().stream().filter(plan -> of.plans().contains(plan.id())).toList();
    }

    @SchemaMapping(typeName = "ApprovalRules")
    List<Plan> addOns(ApprovalRules of) {
        return catalog.snapshot().addOns().stream().filter(plan -> of.plans().contains(plan.id())).toList();
    }
}
