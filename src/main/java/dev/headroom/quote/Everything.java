package dev.headroom.quote;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.time.Interval;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Every other plan and interval that an account's subscriptions could be moved to. */
final class Everything {

    private Everything() {}

    /** In the order of the subscriptions, of the plans from the lowest, and monthly first; the first of them where there are more. */
    static List<RequestedChange> of(List<AccountSubscription> live, CatalogSnapshot known, int most) {
        return live.stream().flatMap(subscription -> of(subscription, known)).limit(most).toList();
    }

    private static Stream<RequestedChange> of(AccountSubscription subscription, CatalogSnapshot known) {
        String product = known.product(subscription.product()).key();
        UUID account = subscription.account().value();
        Currency currency = subscription.balance().currency();
        return known.listed(subscription.product(), Plan.Kind.TIER, account, currency).stream().flatMap(version -> Stream.of(Interval.values())
                .filter(interval -> known.shown(version, interval, currency, account).isPresent())
                .filter(interval -> interval != subscription.interval() || !isCurrent(version, subscription, known))
                .map(interval -> new RequestedChange(product, version.plan().key(), interval, null)));
    }

    private static boolean isCurrent(PlanVersion version, AccountSubscription subscription, CatalogSnapshot known) {
        return version.plan().equals(subscription.planVersion(known).plan());
    }
}
