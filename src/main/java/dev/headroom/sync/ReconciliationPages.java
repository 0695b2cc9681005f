package dev.headroom.sync;

import static java.util.stream.Collectors.toSet;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.change.SubscriptionMirrors;
import dev.headroom.id.Ids;
import dev.headroom.stripe.StripeAccountGateway;
import dev.headroom.stripe.StripeAccountGateway.CustomerAtStripe;
import dev.headroom.stripe.StripeAccountGateway.Page;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.sync.StripeDifference.Aspect;
import dev.headroom.sync.StripeDifference.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads one page, at Stripe or here, and says what on it is not the same on both sides. A page costs one request at most, however much is on it. */
@Service
class ReconciliationPages {

    private static final Actor.System SELF = new Actor.System("sync");
    private static final int PAGE = 100;

    private final StripeAccountGateway stripe;
    private final Subscriptions subscriptions;
    private final SubscriptionMirrors mirrors;
    private final Accounts accounts;
    private final Catalog catalog;
    private final WalkRepository walks;

    ReconciliationPages(
            StripeAccountGateway stripe, Subscriptions subscriptions, SubscriptionMirrors mirrors, Accounts accounts, Catalog catalog,
            WalkRepository walks) {
        this.stripe = stripe;
        this.subscriptions = subscriptions;
        this.mirrors = mirrors;
        this.accounts = accounts;
        this.catalog = catalog;
        this.walks = walks;
    }

    /** What is read, one after the other. */
    enum Stage {
        THEIR_SUBSCRIPTIONS,
        THEIR_CUSTOMERS,
        OUR_SUBSCRIPTIONS,
        OUR_ACCOUNTS
    }

    /**
     * @param read how many objects were looked at
     * @param met  ids of those that Stripe has, for the stages that look for what it has not
     * @param next where the next page begins; absent after the last one of the stage
     */
    record Compared(int read, List<String> met, List<Found> found, @Nullable String next) {}

    Compared page(Walk walk) {
        return switch (Stage.valueOf(walk.stage())) {
            case THEIR_SUBSCRIPTIONS -> theirSubscriptions(walk.position());
            case THEIR_CUSTOMERS -> theirCustomers(walk.position());
            case OUR_SUBSCRIPTIONS -> ourSubscriptions(walk);
            case OUR_ACCOUNTS -> ourAccounts(walk);
        };
    }

    private Compared theirSubscriptions(@Nullable String position) {
        Page<StripeSubscription> page = stripe.subscriptions(position);
        List<String> ids = page.data().stream().map(StripeSubscription::id).toList();
        Map<String, AccountSubscription> known = subscriptions.byStripeIds(SELF, ids);
        Map<String, Account> owners = accounts.byCustomers(SELF, page.data().stream().map(StripeSubscription::customer).collect(toSet()));
        MirrorComparison comparison = new MirrorComparison(catalog.snapshot());
        List<Found> found = new ArrayList<>();
        for (StripeSubscription theirs : page.data()) {
            AccountSubscription ours = known.get(theirs.id());
            Account owner = owners.get(theirs.customer());
            if (ours != null) {
                found.addAll(comparison.differences(ours, mirrors.asRead(SELF, ours, theirs)));
            } else if (owner != null) {
                found.add(new Found(theirs.id(), owner.id(), Aspect.NOT_HERE, null, theirs.status() + ", since " + theirs.startedAt()));
            }
        }
        return new Compared(ids.size(), ids, found, page.next());
    }

    private Compared theirCustomers(@Nullable String position) {
        Page<CustomerAtStripe> page = stripe.customers(position);
        List<String> ids = page.data().stream().map(CustomerAtStripe::id).toList();
        return new Compared(ids.size(), ids, List.of(), page.next());
    }

    /** What began after the walk did, it may have missed. */
    private Compared ourSubscriptions(Walk walk) {
        List<AccountSubscription> page = subscriptions.page(SELF, walk.position(), PAGE);
        Set<String> met = walks.seen(walk, page.stream().map(AccountSubscription::stripeId).toList());
        List<Found> found = page.stream()
                .filter(each -> !met.contains(each.stripeId()) && each.startedAt().isBefore(walk.beganAt()))
                .map(each -> new Found(each.stripeId(), each.account(), Aspect.NOT_AT_STRIPE, each.state().name(), null))
                .toList();
        return new Compared(page.size(), List.of(), found, page.size() < PAGE ? null : page.getLast().stripeId());
    }

    private Compared ourAccounts(Walk walk) {
        List<Account> page = accounts.page(SELF, "", walk.position() == null ? null : new AccountId(Ids.parse(walk.position()).orElseThrow()), PAGE);
        List<Account> paying = page.stream().filter(account -> account.stripeCustomer() != null && account.createdAt().isBefore(walk.beganAt())).toList();
        Set<String> met = walks.seen(walk, paying.stream().map(account -> String.valueOf(account.stripeCustomer())).toList());
        List<Found> found = paying.stream()
                .filter(account -> !met.contains(String.valueOf(account.stripeCustomer())))
                .map(account -> new Found(String.valueOf(account.stripeCustomer()), account.id(), Aspect.CUSTOMER_GONE, account.key(), null))
                .toList();
        return new Compared(page.size(), List.of(), found, page.size() < PAGE ? null : page.getLast().id().toString());
    }
}
