package dev.headroom.console.account;

import dev.headroom.account.Account;
import dev.headroom.account.Member;
import dev.headroom.account.PaymentMethod;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Everything the page of an account shows but its history, read at once.
 *
 * @param seatsHeld by subscription
 * @param seated    members who hold a seat of anything
 */
record AccountReading(
        Account account, CatalogSnapshot catalog, List<AccountSubscription> subscriptions, Map<SubscriptionId, Long> seatsHeld,
        List<Entitlement> entitlements, List<Member> members, Set<UUID> seated, List<PaymentMethod> cards) {

    /** What can be counted, and therefore shown as a meter. */
    List<Entitlement> counted() {
        return entitlements.stream()
                .filter(each -> each.granted())
                .filter(each -> switch (each.feature().kind()) {
                    case METER, ALLOWANCE -> true;
                    case GATE, SETTING -> false;
                })
                .toList();
    }
}
