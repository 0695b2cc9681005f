package dev.headroom.demo;

import static dev.headroom.demo.DemoCatalogs.SELF;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    /** What the accounts have, as long as nothing happens to it; most steps come before the next renewal and need not ask. */
    private final Map<String, List<AccountSubscription>> live = new HashMap<>();

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

    /** The account bought or changed something: what was known of its subscriptions is not true any more. */
    void bought(String key) {
        live.remove(key);
    }

    void travel(String key, Instant at) {
        Optional<Instant> due = nextDue(key);
        Optional<Instant> passed = Optional.empty();
        while (due.isPresent() && !due.get().isAfter(at) && !due.equals(passed)) {
            pass(key, due.get());
            passed = due;
            due = nextDue(key);
        }
        clock.travelTo(at);
    }

    private Optional<Instant> nextDue(String key) {
        return live(key).stream().map(subscription -> subscription.period().until()).min(Instant::compareTo);
    }

    private List<AccountSubscription> live(String key) {
        return live.computeIfAbsent(key, _ -> subscriptions.live(SELF, accounts.meant(SELF, key).id()));
    }

    private void pass(String key, Instant due) {
        clock.travelTo(due);
        sandbox.catchUp(Objects.requireNonNull(accounts.meant(SELF, key).stripeCustomer()));
        live(key).stream()
                .filter(subscription -> !subscription.period().until().isAfter(due))
                .forEach(subscription -> inbox.follow(subscription.stripeId()));
        live.remove(key);
    }

    /** Finishes what a process that died had begun, once its lease is over. */
    void finishInterrupted(Instant at) {
        clock.travelTo(at.plus(LEASE_OVER));
        starts.sweep();
        changes.sweep();
        live.clear();
    }
}
