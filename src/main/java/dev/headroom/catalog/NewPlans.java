package dev.headroom.catalog;

import static java.util.stream.Collectors.toMap;

import dev.headroom.catalog.Catalog.TakePlan;
import dev.headroom.catalog.CreatePlan.NewEntitlement;
import dev.headroom.catalog.CreatePlan.NextVersion;
import dev.headroom.catalog.CreatePlan.OveragePrice;
import dev.headroom.catalog.CreatePlanInput.NewPrice;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.PlanVersion.State;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.limits.Limit;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.Price;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the first version of a plan or add-on out of what was asked for, or says which field is wrong. */
final class NewPlans {

    private static final int LONGEST_GRACE = 366;
    private static final int FURTHEST_GRACE = 1_000;

    private static final int HIGHEST_RANK = 1_000;

    private NewPlans() {}

    static PlanVersion firstVersion(CreatePlan command, Plan.Kind kind, CatalogSnapshot catalog, Instant at) {
        Product product = catalog.requireProduct("input.product", command.product());
        Plan plan = new Plan(
                new PlanId(Ids.next()),
                product.id(),
                Check.key("input.key", command.key()),
                Check.text("input.name", command.name()),
                Optional.ofNullable(command.description()).orElse(""),
                (int) Check.between("input.rank", command.rank(), 0, HIGHEST_RANK),
                kind);
        return new PlanVersion(
                new PlanVersionId(Ids.next()), plan, 1, State.PUBLISHED, at, prices(command.prices()),
                entitlements(command.entitlements(), kind, catalog, product));
    }

    /** A draft of the version that would come after all that there are of a plan or add-on. */
    static PlanVersion nextVersion(NextVersion wanted, CatalogSnapshot catalog) {
        Plan plan = catalog.plan(wanted.plan()).or(() -> catalog.addOn(wanted.plan()))
                .orElseThrow(() -> HeadroomException.notFound("input.plan", "No plan or add-on has the key \"" + wanted.plan() + "\""));
        int last = catalog.versionsOf(plan).stream().mapToInt(PlanVersion::number).max().orElse(0);
        PlanVersion next = new PlanVersion(
                new PlanVersionId(Ids.next()), plan, last + 1, State.DRAFT, null, prices(NewPrice.all(wanted.prices())),
                entitlements(wanted.entitlements(), plan.kind(), catalog, catalog.product(plan.product())));
        return plan.tier() ? next : NewAddOns.checked(next);
    }

    /** Every version of a plan that has been sold elsewhere; what they grant is not known there. */
    static List<PlanVersion> taken(TakePlan command, CatalogSnapshot catalog, Instant at) {
        Plan plan = new Plan(
                new PlanId(Ids.next()), catalog.requireProduct("input.product", command.product()).id(), command.key(), command.name(),
                command.description(), command.rank(), Plan.Kind.TIER);
        return IntStream.range(0, command.versions().size())
                .mapToObj(i -> new PlanVersion(
                        new PlanVersionId(Ids.next()), plan, i + 1, command.versions().get(i).state(), at, prices(command.versions().get(i).prices()), List.of()))
                .toList();
    }

    private static List<PlanPrice> prices(List<Price> wanted) {
        if (wanted.isEmpty()) {
            throw HeadroomException.invalid("input.prices", "There must be at least one price; what is free has the price 0");
        }
        Set<Object> seen = new HashSet<>();
        for (Price price : wanted) {
            if (!seen.add(Map.entry(price.interval(), price.currency()))) {
                throw HeadroomException.invalid("input.prices", "Two prices for " + price.interval() + " in " + price.currency());
            }
        }
        return wanted.stream().map(price -> new PlanPrice(new PriceId(Ids.next()), price)).toList();
    }

    private static List<PlanEntitlement> entitlements(List<NewEntitlement> wanted, Plan.Kind kind, CatalogSnapshot catalog, Product product) {
        Set<String> seen = new HashSet<>();
        return IntStream.range(0, wanted.size())
                .mapToObj(i -> entitlement("input.entitlements[" + i + "].", wanted.get(i), kind, seen, catalog, product))
                .toList();
    }

    private static PlanEntitlement entitlement(
            String path, NewEntitlement wanted, Plan.Kind kind, Set<String> seen, CatalogSnapshot catalog, Product product) {
        if (!seen.add(wanted.feature())) {
            throw HeadroomException.invalid(path + "feature", "The feature \"" + wanted.feature() + "\" is named twice");
        }
        Feature feature = catalog.feature(wanted.feature())
                .filter(known -> known.product().equals(product.id()))
                .orElseThrow(() -> HeadroomException.notFound(path + "feature", "The product has no feature \"" + wanted.feature() + "\""));
        Limit.Policy policy = Optional.ofNullable(wanted.policy()).orElse(Limit.Policy.HARD);
        List<OveragePrice> asked = Optional.ofNullable(wanted.overage()).orElse(List.of());
        Map<Currency, UnitPrice> overage = asked.stream().collect(toMap(OveragePrice::currency, price -> overage(path, price), (first, second) -> first));
        if (overage.size() < asked.size()) {
            throw HeadroomException.invalid(path + "overage", "Two prices in one currency");
        }
        if (policy == Limit.Policy.OVERAGE && overage.isEmpty()) {
            throw HeadroomException.invalid(path + "overage", "The policy OVERAGE needs a price for each unit beyond the included amount");
        }
        if (feature.seats() && policy != Limit.Policy.HARD) {
            throw HeadroomException.invalid(path + "policy", "Seats are bought before they are assigned: their policy is HARD");
        }
        notNegative(path + "included", wanted.included());
        notNegative(path + "softLimit", wanted.softLimit());
        grace(path + "graceDays", wanted.graceDays(), LONGEST_GRACE, feature, wanted, policy);
        grace(path + "gracePercent", wanted.gracePercent(), FURTHEST_GRACE, feature, wanted, policy);
        return new PlanEntitlement(
                feature, wanted.included(), policy, wanted.softLimit(), wanted.graceDays(), wanted.gracePercent(), wanted.setting(), overage, kind);
    }

    private static UnitPrice overage(String path, OveragePrice wanted) {
        try {
            return new UnitPrice(wanted.unitMinor(), wanted.currency());
        } catch (IllegalArgumentException wrong) {
            throw HeadroomException.invalid(path + "overage", String.valueOf(wrong.getMessage()));
        }
    }

    private static void grace(String field, @Nullable Integer value, int most, Feature feature, NewEntitlement wanted, Limit.Policy policy) {
        if (value != null) {
            Check.between(field, value, 0, most);
            if (value > 0 && (feature.seats() || policy != Limit.Policy.HARD || wanted.included() == null)) {
                throw HeadroomException.invalid(field, "Grace is given to use that a limit would block: with the policy HARD and included units, and not to seats");
            }
        }
    }

    private static void notNegative(String field, @Nullable Number value) {
        if (value != null) {
            Check.between(field, value.longValue(), 0, Long.MAX_VALUE);
        }
    }
}
