package dev.headroom.approval;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.Product;
import dev.headroom.catalog.ProductId;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What of each product is not sold without approval: set as a whole, each version kept. */
@Service
public class ApprovalRuleSets {

    private static final long MOST_SEATS = 1_000_000;
    private static final int MOST_DECIMALS = 2;
    private static final int LONGEST_DAYS = 365;
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private final RuleSetRepository rules;
    private final Catalog catalog;
    private final AuditEntries audit;
    private final InstantSource clock;

    ApprovalRuleSets(RuleSetRepository rules, Catalog catalog, AuditEntries audit, InstantSource clock) {
        this.rules = rules;
        this.catalog = catalog;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Replaces the rules of a product; what is absent has no bound.
     *
     * @param product key
     * @param version that these replace; 0 for the first ones
     * @param plans   keys of plans and add-ons of the product
     */
    public record SetApprovalRules(
            String product, int version, @Nullable Long seats, List<Money> recurring, @Nullable BigDecimal discount, List<String> plans, int requestDays) {}

    /** What came of {@link SetApprovalRules}. */
    public sealed interface SetApprovalRulesResult {}

    /** They decide from the next quote on; what was asked for before stays as it was asked. */
    public record ApprovalRulesSet(ApprovalRules rules) implements SetApprovalRulesResult {}

    /** Somebody else has set others since. */
    public record ApprovalRulesMoved(ApprovalRules rules) implements SetApprovalRulesResult {}

    public ApprovalRules of(Actor actor, ProductId product) {
        actor.require(Permission.READ);
        return current(product);
    }

    ApprovalRules current(ProductId product) {
        return rules.current(product).orElseGet(() -> ApprovalRules.none(product));
    }

    /** Of many; one statement. */
    Function<ProductId, ApprovalRules> current(Collection<ProductId> products) {
        Map<ProductId, ApprovalRules> found = rules.current(products);
        return product -> found.getOrDefault(product, ApprovalRules.none(product));
    }

    /** @throws HeadroomException INVALID_INPUT or NOT_FOUND, naming the field */
    @Transactional
    public SetApprovalRulesResult set(Actor actor, SetApprovalRules command) {
        actor.requireEveryAccount(Permission.ADMIN);
        CatalogSnapshot known = catalog.snapshot();
        Product product = known.requireProduct("input.product", command.product());
        ApprovalRules before = current(product.id());
        ApprovalRules after = new ApprovalRules(
                product.id(), before.version() + 1, seats(command), recurring(command.recurring()), discount(command.discount()),
                plans(command.plans(), product, known), (int) Check.between("input.requestDays", command.requestDays(), 1, LONGEST_DAYS), actor.name(),
                clock.instant());
        if (command.version() != before.version() || !rules.insert(after)) {
            return new ApprovalRulesMoved(current(product.id()));
        }
        audit.changed(actor, "setApprovalRules", null, "approvalRules", product.id(), before, after);
        return new ApprovalRulesSet(after);
    }

    private static @Nullable Long seats(SetApprovalRules command) {
        return command.seats() == null ? null : Long.valueOf(Check.between("input.seats", command.seats(), 1, MOST_SEATS));
    }

    private static List<Money> recurring(List<Money> amounts) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < amounts.size(); i++) {
            Check.between("input.recurring[" + i + "].minor", amounts.get(i).minor(), 1, Long.MAX_VALUE);
            if (!seen.add(amounts.get(i).currency().getCurrencyCode())) {
                throw HeadroomException.invalid("input.recurring[" + i + "].currency", "Each currency once");
            }
        }
        return amounts;
    }

    private static @Nullable BigDecimal discount(@Nullable BigDecimal percent) {
        if (percent != null && (percent.signum() < 0 || percent.compareTo(WHOLE) > 0 || percent.stripTrailingZeros().scale() > MOST_DECIMALS)) {
            throw HeadroomException.invalid("input.discountPercent", "Expected 0 to 100 percent with at most two decimals");
        }
        return percent;
    }

    private static List<PlanId> plans(List<String> keys, Product product, CatalogSnapshot known) {
        return IntStream.range(0, keys.size()).mapToObj(i -> plan("input.plans[" + i + "]", keys.get(i), product, known)).distinct().toList();
    }

    private static PlanId plan(String field, String key, Product product, CatalogSnapshot known) {
        return known.plan(key).or(() -> known.addOn(key))
                .filter(plan -> plan.product().equals(product.id()))
                .map(plan -> plan.requireForAll(field).id())
                .orElseThrow(() -> HeadroomException.notFound(field, "The product has no plan or add-on \"" + key + "\""));
    }
}
