package dev.headroom.approval;

import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.policy.ChangeKind;
import dev.headroom.policy.Policies;
import dev.headroom.policy.TransitionRule;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.Move;
import dev.headroom.quote.Target;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange.When;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Why a change needs approval: the bounds that it is beyond, and the rule of the vendor's policy that wants it approved of. */
@Service
class ApprovalReasons {

    private final ApprovalRuleSets rules;
    private final Policies policies;
    private final Catalog catalog;

    ApprovalReasons(ApprovalRuleSets rules, Policies policies, Catalog catalog) {
        this.rules = rules;
        this.policies = policies;
        this.catalog = catalog;
    }

    /** Every one; empty where nobody has to agree. */
    List<ApprovalReason> of(AccountSubscription subscription, When when, Target target, Quotation quotation) {
        CatalogSnapshot known = catalog.snapshot();
        return all(
                rules.current(subscription.product()).reasons(DealFacts.of(subscription, target, quotation, known)),
                Move.of(subscription, known, quotation.now().at(), when, target).approvedBy(policies.of(subscription.product())), known);
    }

    /** Of a subscription that begins. */
    List<ApprovalReason> ofStart(PlanVersion version, PlanPrice price, long quantity, Instant at) {
        Plan plan = version.plan();
        return all(
                rules.current(plan.product()).reasons(DealFacts.ofStart(version, price, quantity, at)),
                policies.of(plan.product()).approval(null, plan.id(), Set.of(ChangeKind.START)), catalog.snapshot());
    }

    private static List<ApprovalReason> all(List<ApprovalReason> bounds, Optional<TransitionRule> policy, CatalogSnapshot catalog) {
        return Stream.concat(bounds.stream(), policy.map(rule -> ApprovalReason.transition(rule, what(rule, catalog))).stream()).toList();
    }

    private static String what(TransitionRule rule, CatalogSnapshot catalog) {
        return rule.kind() + named(rule.from(), " from ", catalog) + named(rule.to(), " to ", catalog);
    }

    private static String named(@Nullable PlanId plan, String word, CatalogSnapshot catalog) {
        return catalog.plans().stream().filter(each -> each.id().equals(plan)).map(Plan::name).findFirst().map(word::concat).orElse("");
    }
}
