package dev.headroom.overage;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.ProductId;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.overage.ReportRepository.Unreported;
import dev.headroom.stripe.StripeGateway;
import dev.headroom.stripe.StripeMeterGateway;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.subscription.AccountSubscription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Keeps on subscriptions the items that bill overage: what a plan may charge, and what is still to be billed of the plan before. */
@Service
class MeteredItems {

    private final Entitlements entitlements;
    private final Catalog catalog;
    private final MeteredPrices prices;
    private final ReportRepository reports;
    private final StripeGateway stripe;
    private final StripeMeterGateway meters;
    private final InstantSource clock;

    MeteredItems(
            Entitlements entitlements, Catalog catalog, MeteredPrices prices, ReportRepository reports, StripeGateway stripe, StripeMeterGateway meters,
            InstantSource clock) {
        this.entitlements = entitlements;
        this.catalog = catalog;
        this.prices = prices;
        this.reports = reports;
        this.stripe = stripe;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Makes a subscription's items agree with what it may be charged.
     *
     * @param unreported what is to be billed on it
     * @return the prices that it is billed at
     */
    Set<UUID> agree(AccountSubscription subscription, List<Unreported> unreported) {
        Map<UUID, MeteredPrice> wanted = wanted(subscription, unreported);
        StripeSubscription there = stripe.subscription(subscription.stripeId());
        Set<String> present = there.items().stream().filter(StripeSubscription.Item::overage).map(StripeSubscription.Item::price).collect(toSet());
        Set<UUID> billed = new HashSet<>();
        for (MeteredPrice price : wanted.values()) {
            MeteredPrice made = prices.atStripe(price);
            // An update of the subscription would give up the one that waits for its payment.
            if (!present.contains(made.stripe()) && !there.pending()) {
                meters.addItem(subscription.stripeId(), Objects.requireNonNull(made.stripe()));
                present.add(made.stripe());
            }
            if (present.contains(made.stripe())) {
                billed.add(made.id());
            }
        }
        if (!there.pending()) {
            remove(subscription, there, wanted.values().stream().map(price -> prices.atStripe(price).stripe()).collect(toSet()));
        }
        return billed;
    }

    private Map<UUID, MeteredPrice> wanted(AccountSubscription subscription, List<Unreported> unreported) {
        List<Feature> features = catalog.snapshot().featuresOf(subscription.product()).stream().filter(MeteredPrices::bills).toList();
        List<Entitlement> answers = features.isEmpty() ? List.of()
                : entitlements.check(Tallies.SELF, subscription.account(), features.stream().map(Feature::key).toList(), 0);
        Stream<UUID> charged = answers.stream().filter(answer -> answer.overage() != null)
                .map(answer -> prices.id(answer.feature(), Objects.requireNonNull(answer.overage()).each(), subscription.interval()));
        Set<UUID> ids = Stream.concat(charged, unreported.stream().map(Unreported::price)).collect(toSet());
        return prices.byIds(ids).stream().collect(toMap(MeteredPrice::id, Function.identity()));
    }

    /** What something is still to be billed of in this period goes with the next one. */
    private void remove(AccountSubscription subscription, StripeSubscription there, Set<String> wanted) {
        Instant from = subscription.periodHolding(clock.instant()).from();
        List<StripeSubscription.Item> unwanted = there.items().stream().filter(StripeSubscription.Item::overage)
                .filter(item -> !wanted.contains(item.price())).toList();
        if (unwanted.isEmpty()) {
            return;
        }
        Map<String, UUID> known = prices.all().stream().filter(price -> price.stripe() != null)
                .collect(toMap(price -> Objects.requireNonNull(price.stripe()), MeteredPrice::id));
        unwanted.stream()
                .filter(item -> !known.containsKey(item.price()) || reports.sentSince(subscription.account(), known.get(item.price()), from) == 0)
                .forEach(item -> meters.removeItem(item.id()));
    }

    ProductId product(FeatureId feature) {
        return catalog.snapshot().feature(feature).product();
    }

    List<AccountSubscription> of(AccountId account) {
        return entitlements.subscriptions(Tallies.SELF, account);
    }
}
