package dev.headroom.console.account;

import static java.util.stream.Collectors.toSet;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.account.Members;
import dev.headroom.account.PaymentMethods;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.error.HeadroomException;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.Subscriptions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Asks the modules for what the page of an account shows. */
@Component
class AccountReadings {

    private final Accounts accounts;
    private final Members members;
    private final PaymentMethods cards;
    private final Subscriptions subscriptions;
    private final Seats seats;
    private final Entitlements entitlements;
    private final Catalog catalog;

    AccountReadings(
            Accounts accounts, Members members, PaymentMethods cards, Subscriptions subscriptions, Seats seats, Entitlements entitlements,
            Catalog catalog) {
        this.accounts = accounts;
        this.members = members;
        this.cards = cards;
        this.subscriptions = subscriptions;
        this.seats = seats;
        this.entitlements = entitlements;
        this.catalog = catalog;
    }

    /** @throws HeadroomException NOT_FOUND */
    AccountReading byKey(Actor actor, String key) {
        Account account = accounts.meant(actor, key);
        AccountId id = account.id();
        List<AccountSubscription> live = subscriptions.live(actor, id);
        return new AccountReading(
                account, catalog.snapshot(), live, seats.held(actor, List.of(id)), entitlements.check(actor, id, null, 0),
                members.ofAccounts(actor, List.of(id)).getOrDefault(id, List.of()), seated(actor, id, live), cards.ofAccount(actor, id));
    }

    private Set<UUID> seated(Actor actor, AccountId account, List<AccountSubscription> live) {
        return live.stream().flatMap(each -> seats.holders(actor, account, each.id()).stream()).collect(toSet());
    }
}
