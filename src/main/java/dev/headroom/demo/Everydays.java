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
import dev.headroom.catalog.FeatureId;
import dev.headroom.entitlement.GrantFeature;
import dev.headroom.entitlement.Grants;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.Subscriptions;
import java.util.List;
import java.util.Optional;

/** People join, take seats and work; the vendor gives and takes back. Telling it again changes nothing. */
final class Everydays {

    private static final int MOST_GIVEN = 10;

    private final Accounts accounts;
    private final Members members;
    private final Subscriptions subscriptions;
    private final Catalog catalog;
    private final Seats seats;
    private final Grants grants;

    Everydays(Accounts accounts, Members members, Subscriptions subscriptions, Catalog catalog, Seats seats, Grants grants) {
        this.accounts = accounts;
        this.members = members;
        this.subscriptions = subscriptions;
        this.catalog = catalog;
        this.seats = seats;
        this.grants = grants;
    }

    void live(String account, Step.Everyday everyday, String key) {
        switch (everyday) {
            case Step.Join join -> join(account, join);
            case Step.Work work -> members.active(SELF, account, work.last());
            case Step.Give give -> grants.grant(SELF, new GrantFeature(
                    key, account, give.feature(), give.kind(), null, null, null, give.reason(), give.at(), give.until()));
            case Step.TakeBack back -> takeBack(account, back);
        }
    }

    private void takeBack(String account, Step.TakeBack step) {
        FeatureId feature = catalog.snapshot().feature(step.feature()).orElseThrow().id();
        grants.ofAccount(SELF, accounts.meant(SELF, account).id(), MOST_GIVEN).stream()
                .filter(grant -> grant.feature().equals(feature))
                .forEach(grant -> grants.revoke(SELF, grant.id().toString(), step.reason()));
    }

    private void join(String account, Step.Join step) {
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
        return switch (members.add(SELF, new AddMember(key, account, person.key(), person.email(), person.name(), person.state()))) {
            case AddMemberResult.MemberAdded(Member added) -> added;
            case AddMemberResult.MemberKeyTaken(Member there) -> there;
        };
    }
}
