package dev.headroom.console.account;

import dev.headroom.account.Account;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.money.Money;
import dev.headroom.revenue.PayingAccounts.Paid;
import dev.headroom.subscription.AccountSubscription;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An account with what it has running, and what it pays by the ledger of revenue. */
record AccountRow(Account account, List<AccountSubscription> subscriptions, Paid paid) {

    String plans(CatalogSnapshot catalog) {
        return subscriptions.stream().map(each -> each.planVersion(catalog).plan().name()).collect(Collectors.joining(", "));
    }

    /** Empty when nothing runs and nothing is paid: that is not the same as bringing nothing. */
    Optional<Money> mrr() {
        Money mrr = paid.in(account.currency());
        return subscriptions.isEmpty() && mrr.isZero() ? Optional.empty() : Optional.of(mrr);
    }
}
