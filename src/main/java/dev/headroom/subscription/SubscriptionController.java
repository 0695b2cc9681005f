package dev.headroom.subscription;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.catalog.ProductId;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.subscription.AccountSubscription.SubscriptionItem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class SubscriptionController {

    private static final int MOST_MOVEMENTS = 200;

    private final Subscriptions subscriptions;
    private final Seats seats;
    private final Catalog catalog;
    private final Accounts accounts;
    private final Bundles bundles;

    SubscriptionController(Subscriptions subscriptions, Seats seats, Catalog catalog, Accounts accounts, Bundles bundles) {
        this.subscriptions = subscriptions;
        this.seats = seats;
        this.catalog = catalog;
        this.accounts = accounts;
        this.bundles = bundles;
    }

    @SchemaMapping(typeName = "Account")
    Optional<AccountSubscription> subscription(Account account, @Argument @Nullable String product, @ContextValue Actor actor) {
        Optional<ProductId> wanted = Optional.ofNullable(product).map(key -> catalog.snapshot().requireProduct("product", key).id());
        return subscriptions.live(actor, account.id()).stream()
                .filter(subscription -> wanted.isEmpty() || subscription.product().equals(wanted.get()))
                .findFirst();
    }

    @BatchMapping(typeName = "Account")
    Map<Account, List<AccountSubscription>> subscriptions(List<Account> of, @ContextValue Actor actor) {
        Map<AccountId, List<AccountSubscription>> found = subscriptions.live(actor, of.stream().map(Account::id).toList());
        return of.stream().collect(Collectors.toMap(Function.identity(), account -> found.getOrDefault(account.id(), List.of())));
    }

    record SetCommitment(String account, @Nullable String product, @Nullable Instant until) {}

    sealed interface SetCommitmentResult {}

    record CommitmentSet(AccountSubscription subscription) implements SetCommitmentResult {}

    @MutationMapping
    SetCommitmentResult setCommitment(@Argument SetCommitment input, @ContextValue Actor actor) {
        Account account = accounts.commanded(actor, Permission.ACCOUNTS, "input.account", input.account());
        AccountSubscription meant = subscription(account, input.product(), actor)
                .orElseThrow(() -> HeadroomException.notFound("input.product", "The account has no running subscription of this product"));
        return new CommitmentSet(subscriptions.commit(actor, account.id(), meant.id(), input.until()));
    }

    @SchemaMapping(typeName = "Account")
    List<RecordedMovement> movements(Account account, @Argument int first, @ContextValue Actor actor) {
        return subscriptions.movements(actor, account.id(), (int) Check.between("first", first, 1, MOST_MOVEMENTS));
    }

    @SchemaMapping(typeName = "AccountSubscription")
    Product product(AccountSubscription subscription) {
        return catalog.snapshot().product(subscription.product());
    }

    @SchemaMapping(typeName = "AccountSubscription")
    Plan plan(AccountSubscription subscription) {
        return subscription.planVersion(catalog.snapshot()).plan();
    }

    @SchemaMapping(typeName = "AccountSubscription")
    PlanVersion planVersion(AccountSubscription subscription) {
        return subscription.planVersion(catalog.snapshot());
    }

    @SchemaMapping(typeName = "AccountSubscription")
    List<BoughtAddOn> addOns(AccountSubscription subscription) {
        return subscription.addOns(catalog.snapshot()).stream().map(item -> BoughtAddOn.of(item, catalog.snapshot())).toList();
    }

    @SchemaMapping(typeName = "AccountSubscription")
    List<Bundle> bundles(AccountSubscription subscription) {
        return subscription.terms().bundles().stream().map(bundles::byId).toList();
    }

    record BoughtAddOn(Plan addOn, PlanVersion version, long quantity, Money recurring) {

        static BoughtAddOn of(SubscriptionItem item, CatalogSnapshot known) {
            PlanVersion version = known.version(item.planVersion());
            return new BoughtAddOn(version.plan(), version, item.quantity(), known.price(item.price()).price().rate(item.quantity()).amount());
        }
    }

    @SchemaMapping(typeName = "AccountSubscription")
    Money recurring(AccountSubscription subscription) {
        return subscription.recurringTotal(catalog.snapshot());
    }

    @BatchMapping(typeName = "AccountSubscription")
    Map<AccountSubscription, SeatCount> seats(List<AccountSubscription> of, @ContextValue Actor actor) {
        Map<SubscriptionId, Long> held = seats.held(actor, of.stream().map(AccountSubscription::account).distinct().toList());
        return of.stream().collect(Collectors.toMap(Function.identity(), subscription ->
                SeatCount.of(subscription, catalog.snapshot(), held.getOrDefault(subscription.id(), 0L))));
    }

    /** How large the vendor is concerns no customer of theirs. */
    @BatchMapping(typeName = "Feature")
    Map<Feature, Integer> accounts(List<Feature> features, @ContextValue Actor actor) {
        if (actor instanceof Actor.Member) {
            return Map.of();
        }
        Map<FeatureId, Integer> having = subscriptions.having(actor, features);
        return features.stream().distinct().collect(Collectors.toMap(Function.identity(), feature -> having.get(feature.id())));
    }
}
