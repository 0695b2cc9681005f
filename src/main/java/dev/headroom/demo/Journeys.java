package dev.headroom.demo;

import static dev.headroom.demo.DemoCatalogs.SELF;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.change.PlanChanges;
import dev.headroom.change.SubscriptionStarts;
import dev.headroom.sandbox.Sandbox;
import dev.headroom.stripe.StripeInbox;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.time.TravellingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Moves one account through time: each renewal happens, and is recorded, at its own second. */
final class Journeys {

    /** After as long others may finish what a dead process began. */
    private static final Duration LEASE_OVER = Duration.ofMinutes(3);

    private final TravellingClock clock;
    private final Sandbox sandbox;
    private final StripeInbox inbox;
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final SubscriptionStarts starts;
    private final PlanChanges changes;

    Journeys(
            TravellingClock clock, Sandbox sandbox, StripeInbox inbox, Accounts accounts, Subscriptions subscriptions, SubscriptionStarts starts,
            PlanChanges changes) {
        this.clock = clock;
        this.sandbox = sandbox;
        this.inbox = inbox;
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.starts = starts;
        this.changes = changes;
    }

    void begin(Instant at) {
        clock.travelTo(at);
    }

    void travel(String key, Instant at) {
        Account account = accounts.meant(SELF, key);
        Optional<Instant> due = nextDue(account, at);
        while (due.isPresent()) {
            pass(account, due.get());
            Optional<Instant> next = nextDue(account, at);
            due = next.equals(due) ? Optional.empty() : next;
        }
        clock.travelTo(at);
    }

    private Optional<Instant> nextDue(Account account, Instant at) {
        return subscriptions.live(SELF, account.id()).stream()
                .map(subscription -> subscription.period().until())
                .filter(until -> !until.isAfter(at))
                .min(Instant::compareTo);
    }

    private void pass(Account account, Instant due) {
        clock.travelTo(due);
        sandbox.catchUp(Objects.requireNonNull(account.stripeCustomer()));
        List<AccountSubscription> touched = subscriptions.live(SELF, account.id());
        touched.stream()
                .filter(subscription -> !subscription.period().until().isAfter(due))
                .forEach(subscription -> inbox.follow(subscription.stripeId()));
    }

    /** Finishes what a process that died had begun, once its lease is over. */
    void finishInterrupted(Instant at) {
        clock.travelTo(at.plus(LEASE_OVER));
        starts.sweep();
        changes.sweep();
    }
}
