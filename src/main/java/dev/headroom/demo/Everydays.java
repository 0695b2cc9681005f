package dev.headroom.demo;

import static dev.headroom.demo.DemoCatalogs.SELF;

import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.account.AddMember;
import dev.headroom.account.AddMemberResult;
import dev.headroom.account.Member;
import dev.headroom.account.Members;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.Subscriptions;
import java.util.List;
import java.util.Optional;

/** People join and take seats. */
final class Everydays {

    private final Accounts accounts;
    private final Members members;
    private final Subscriptions subscriptions;
    private final Catalog catalog;
    private final Seats seats;

    Everydays(Accounts accounts, Members members, Subscriptions subscriptions, Catalog catalog, Seats seats) {
        this.accounts = accounts;
        this.members = members;
        this.subscriptions = subscriptions;
        this.catalog = catalog;
        this.seats = seats;
    }

    void join(String account, Step.Join step) {
        AccountId id = accounts.meant(SELF, account).id();
        Optional<AccountSubscription> seated = step.product() == null ? Optional.empty() : subscription(id, step.product());
        step.people().forEach(person -> {
            Member member = member(account, person);
            seated.ifPresent(subscription -> seats.assign(SELF, id, subscription.id(), member.id()));
        });
    }

    private Optional<AccountSubscription> subscription(AccountId account, String product) {
        CatalogSnapshot known = catalog.snapshot();
        return subscriptions.live(SELF, account).stream()
                .filter(subscription -> known.product(subscription.product()).key().equals(product))
                .findFirst();
    }

    private Member member(String account, Person person) {
        String key = "demo:" + account + ":" + person.key();
        return switch (members.add(SELF, new AddMember(key, account, person.key(), person.email(), person.name(), null))) {
            case AddMemberResult.MemberAdded(Member added) -> added;
            case AddMemberResult.MemberKeyTaken(Member there) -> there;
        };
    }
}
