package dev.headroom.approval;

import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.ProductId;
import dev.headroom.policy.ChangeKind;
import dev.headroom.policy.Policies;
import dev.headroom.policy.TransitionRule;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.Move;
import dev.headroom.quote.Quote;
import dev.headroom.quote.Target;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange.When;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
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
        return of(rules.current(subscription.product()), subscription, when, target, quotation);
    }

    /** The same of many quotes, by their ids; those to which nobody has to agree are left out. One statement. */
    Map<UUID, List<ApprovalReason>> of(Collection<Quote> quotes) {
        Function<ProductId, ApprovalRules> current = rules.current(quotes.stream().map(quote -> quote.subscription().product()).distinct().toList());
        Map<UUID, List<ApprovalReason>> reasons = new HashMap<>();
        quotes.forEach(quote -> {
            List<ApprovalReason> found = of(current.apply(quote.subscription().product()), quote.subscription(), quote.when(), quote.target(), quote.quotation());
            if (!found.isEmpty()) {
                reasons.put(quote.id(), found);
            }
        });
        return reasons;
    }

    private List<ApprovalReason> of(ApprovalRules bounds, AccountSubscription subscription, When when, Target target, Quotation quotation) {
        CatalogSnapshot known = catalog.snapshot();
        return all(
                bounds.reasons(DealFacts.of(subscription, target, quotation, known)),
                Move.of(subscription, known, quotation.now().at(), when, target).approvedBy(policies.of(subscription.product())), known);
    }

    /** Of a subscription that begins. */
    List<ApprovalReason> ofStart(PlanVersion version, PlanPrice price, long quantity, List<Offer> offers, Instant at) {
        Plan plan = version.plan();
        return all(
                rules.current(plan.product()).reasons(DealFacts.ofStart(version, price, quantity, offers, at)),
                policies.of(plan.product()).approval(null, plan.ruled(), Set.of(ChangeKind.START)), catalog.snapshot());
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
