package dev.headroom.console.review;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.Product;
import dev.headroom.catalog.ProductId;
import dev.headroom.console.review.Review.Lacking;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.reading.ProjectionResult;
import dev.headroom.reading.Readings;
import dev.headroom.storefront.PricingTable;
import dev.headroom.storefront.PricingTable.Listed;
import dev.headroom.storefront.PricingTables;
import dev.headroom.revenue.PayingAccounts.Paid;
import dev.headroom.revenue.PayingAccounts;
import dev.headroom.subscription.AccountSubscription;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Asks the modules for what a review tells. */
@Component
class ReviewReadings {

    private final Accounts accounts;
    private final Entitlements entitlements;
    private final Readings readings;
    private final Catalog catalog;
    private final PricingTables tables;
    private final PricedProposals proposals;
    private final InstantSource clock;

    ReviewReadings(
            Accounts accounts, Entitlements entitlements, Readings readings, Catalog catalog, PricingTables tables, PricedProposals proposals, InstantSource clock) {
        this.accounts = accounts;
        this.entitlements = entitlements;
        this.readings = readings;
        this.catalog = catalog;
        this.tables = tables;
        this.proposals = proposals;
        this.clock = clock;
    }

    /** @throws dev.headroom.error.HeadroomException NOT_FOUND */
    Review of(Actor actor, String key, PayingAccounts paying) {
        Account account = accounts.meant(actor, key);
        CatalogSnapshot known = catalog.snapshot();
        List<AccountSubscription> bought = entitlements.subscriptions(actor, account.id());
        Set<ProductId> products = bought.stream().map(AccountSubscription::product).collect(Collectors.toSet());
        List<Entitlement> answers = entitlements.check(actor, account.id(), null, 0);
        List<PricingTable> onSale = known.products().stream().map(Product::key).flatMap(each -> tables.of(actor, account.key(), each, account.currency()).stream())
                .filter(table -> !table.plans().isEmpty()).toList();
        return new Review(
                account, known, clock.instant(), bought, paying.paid(actor, List.of(account.id())).getOrDefault(account.id(), Paid.NOTHING), counted(answers), projections(actor, account), proposals.of(actor, account, known),
                onSale.stream().filter(table -> !products.contains(table.product().id())).toList(), lacking(answers, onSale, products));
    }

    private static List<Entitlement> counted(List<Entitlement> answers) {
        return answers.stream().filter(Entitlement::granted).filter(each -> each.feature().counted()).sorted(Comparator.comparingLong(Review::percent).reversed()).toList();
    }

    private Map<FeatureId, ProjectionResult> projections(Actor actor, Account account) {
        return readings.projections(actor, entitlements.meters(actor, account.id(), null)).entrySet().stream()
                .collect(Collectors.toMap(each -> each.getKey().feature().id(), Map.Entry::getValue));
    }

    private static List<Lacking> lacking(List<Entitlement> answers, List<PricingTable> onSale, Set<ProductId> products) {
        return answers.stream()
                .filter(each -> !each.granted() && products.contains(each.feature().product()))
                .flatMap(each -> onSale.stream().filter(table -> table.product().id().equals(each.feature().product())).flatMap(ReviewReadings::listed)
                        .filter(listed -> listed.adds().stream().anyMatch(adds -> adds.feature().id().equals(each.feature().id()))).limit(1)
                        .map(listed -> new Lacking(each.feature(), listed)))
                .toList();
    }

    private static Stream<Listed> listed(PricingTable table) {
        return Stream.concat(table.plans().stream(), table.addOns().stream());
    }
}
