package dev.headroom.overage;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.ProductId;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.overage.ChargeRepository.Charged;
import dev.headroom.pricing.Rating;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.time.Period;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says what use past limits adds to an account's next invoices. */
@Service
public class OverageCharges {

    private final Entitlements entitlements;
    private final Catalog catalog;
    private final ChargeRepository charges;
    private final InstantSource clock;

    OverageCharges(Entitlements entitlements, Catalog catalog, ChargeRepository charges, InstantSource clock) {
        this.entitlements = entitlements;
        this.catalog = catalog;
        this.charges = charges;
        this.clock = clock;
    }

    /** One for each feature and price of which anything is to be billed, as far as it is counted: at most a minute old. */
    public List<OverageCharge> of(Actor actor, AccountId account) {
        actor.require(Permission.READ, account.value());
        List<AccountSubscription> live = entitlements.subscriptions(actor, account);
        CatalogSnapshot known = catalog.snapshot();
        return known.features().stream().map(Feature::product).distinct()
                .flatMap(product -> of(account, product, known, live)).toList();
    }

    /** Those of one subscription. */
    public List<OverageCharge> of(Actor actor, AccountSubscription subscription) {
        actor.require(Permission.READ, subscription.account().value());
        return of(subscription.account(), subscription.product(), catalog.snapshot(), List.of(subscription)).toList();
    }

    private Stream<OverageCharge> of(AccountId account, ProductId product, CatalogSnapshot known, List<AccountSubscription> live) {
        List<Feature> features = known.featuresOf(product).stream().filter(MeteredPrices::bills).toList();
        if (features.isEmpty()) {
            return Stream.of();
        }
        @Nullable Period period = live.stream().filter(subscription -> subscription.product().equals(product)).findFirst()
                .map(subscription -> subscription.periodHolding(clock.instant())).orElse(null);
        Instant since = Optional.ofNullable(period).map(Period::from).orElseGet(clock::instant);
        return charges.charges(account, features.stream().map(Feature::id).toList(), since).stream()
                .filter(charged -> charged.reported() != 0 || charged.pending() != 0)
                .map(charged -> charge(charged, known, period));
    }

    private static OverageCharge charge(Charged charged, CatalogSnapshot known, @Nullable Period period) {
        long units = Math.max(0, Math.addExact(charged.reported(), charged.pending()));
        return new OverageCharge(
                known.feature(charged.feature()), period, new Rating.Overage(units, charged.each()), charged.reported(), charged.rejected(), charged.pending(),
                charged.reportedAt());
    }
}
