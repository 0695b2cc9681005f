package dev.headroom.policy;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.Product;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.policy.TransitionRule.RuleId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a rule out of what was asked for, and refuses one that could never speak of anything or could not be followed. */
final class NewRules {

    private NewRules() {}

    static TransitionRule rule(AddTransitionRule command, CatalogSnapshot catalog) {
        Product product = catalog.requireProduct("input.product", command.product());
        Optional<Plan> from = plan("input.from", command.from(), product, catalog);
        Optional<Plan> to = plan("input.to", command.to(), product, catalog);
        requireWay(command.kind(), from.orElse(null), to.orElse(null));
        requirePossible(command.kind(), command.transition());
        return new TransitionRule(
                new RuleId(Ids.next()), product.id(), command.kind(), from.map(Plan::id).orElse(null), to.map(Plan::id).orElse(null), command.transition());
    }

    private static Optional<Plan> plan(String field, @Nullable String key, Product product, CatalogSnapshot catalog) {
        Optional<Plan> named = Optional.ofNullable(key).map(given -> catalog.requirePlan(field, given).requireForAll(field));
        named.filter(plan -> !plan.product().equals(product.id())).ifPresent(other -> {
            throw HeadroomException.invalid(field, other.name() + " is a plan of another product");
        });
        return named;
    }

    private static void requireWay(ChangeKind kind, @Nullable Plan from, @Nullable Plan to) {
        if (kind == ChangeKind.START && from != null) {
            throw HeadroomException.invalid("input.from", "Before its start a subscription has no plan: leave this out");
        }
        if (kind == ChangeKind.END && to != null) {
            throw HeadroomException.invalid("input.to", "After its end a subscription has no plan: leave this out");
        }
        if (from == null || to == null) {
            return;
        }
        PlanId before = from.id();
        boolean moves = kind == ChangeKind.UPGRADE && from.rank() <= to.rank() || kind == ChangeKind.DOWNGRADE && from.rank() >= to.rank();
        if ((kind == ChangeKind.UPGRADE || kind == ChangeKind.DOWNGRADE) && (!moves || before.equals(to.id()))) {
            throw HeadroomException.invalid("input.to", "From " + from.name() + " to " + to.name() + " is no " + (kind == ChangeKind.UPGRADE ? "upgrade" : "downgrade"));
        }
    }

    /** Another interval begins another period, which is billed whole. */
    private static void requirePossible(ChangeKind kind, Transition transition) {
        if (kind == ChangeKind.START && transition != Transition.BY_APPROVAL) {
            throw HeadroomException.invalid("input.transition", "A subscription is started at once, or BY_APPROVAL; what nobody shall start is retired");
        }
        boolean interval = kind == ChangeKind.INTERVAL_LONGER || kind == ChangeKind.INTERVAL_SHORTER;
        if (interval && transition == Transition.NOW_UNPRORATED) {
            throw HeadroomException.invalid("input.transition", "Another interval begins another period, which is billed at once: it is made NOW_PRORATED or at PERIOD_END");
        }
    }
}
