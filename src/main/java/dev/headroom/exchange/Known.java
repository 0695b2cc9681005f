package dev.headroom.exchange;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.ProductId;
import dev.headroom.draft.Draft;
import dev.headroom.exchange.CatalogFile.OwnPart;
import dev.headroom.policy.ProductPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that a file is compared with, as one transaction sees it.
 *
 * @param drafts   the open ones of plans and add-ons that are there
 * @param begun    the open ones of what is not there yet, by its key
 * @param may      what whoever compares it may do about it
 * @param accounts the vendor's keys of those that have own prices
 */
record Known(
        CatalogSnapshot catalog, Map<ProductId, ProductPolicy> policies, List<Bundle> bundles, Map<PlanId, Draft> drafts, Map<String, Draft> begun, May may,
        Map<UUID, String> accounts) {

    /**
     * @param publish what holds at once
     * @param sell    what is new, without a draft that somebody else publishes
     */
    record May(boolean publish, boolean sell) {

        /** Drafts are made of what one may not sell. */
        private String text() {
            return publish + " " + sell;
        }
    }

    /** All that what a file would do depends on beside what is sold: the drafts, and who asks. */
    String told() {
        return Stream.concat(
                        Stream.concat(drafts.values().stream(), begun.values().stream())
                                .sorted(Comparator.comparing((Draft draft) -> draft.id().value())).map(draft -> draft.id() + " " + draft.revision()),
                        Stream.of(may.text()))
                .collect(Collectors.joining("\n"));
    }

    ProductPolicy policy(ProductId product) {
        return policies.getOrDefault(product, ProductPolicy.USUAL);
    }

    /** Whose own price a plan or add-on is, in the words of a file. */
    Optional<OwnPart> own(Plan plan) {
        return Optional.ofNullable(plan.own()).map(own -> new OwnPart(Objects.requireNonNull(accounts.get(own.account())), catalog.plan(own.insteadOf()).key()));
    }

    Stream<Plan> plans() {
        return Stream.concat(catalog.plans().stream(), catalog.addOns().stream());
    }
}
