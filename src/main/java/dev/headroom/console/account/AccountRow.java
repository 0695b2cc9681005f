package dev.headroom.console.account;

import dev.headroom.account.Account;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.money.Money;
import dev.headroom.subscription.AccountSubscription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An account with what it has running. */
record AccountRow(Account account, List<AccountSubscription> subscriptions) {

    String plans(CatalogSnapshot catalog) {
        return subscriptions.stream().map(each -> each.planVersion(catalog).plan().name()).collect(Collectors.joining(", "));
    }

    /** Empty when nothing runs: that is not the same as bringing nothing. */
    Optional<Money> mrr(CatalogSnapshot catalog, Instant at) {
        return subscriptions.stream().map(each -> Revenue.monthly(each, catalog, at)).reduce(Money::plus);
    }
}
