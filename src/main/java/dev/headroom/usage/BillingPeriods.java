package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.broadcast.BroadcastInterrupted;
import dev.headroom.broadcast.BroadcastReceived;
import dev.headroom.broadcast.Broadcasts;
import dev.headroom.id.Ids;
import dev.headroom.postgres.Memory;
import dev.headroom.postgres.Outages;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionChanged;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What accounts subscribe to, or did when the oldest event may have happened that still comes, as far as it decides in which window an event counts;
 * remembered for a second, so that events that come one by one cost no statement for it. Other nodes are told to forget with the commit that changes
 * it; until that message arrives, or for a second where it is lost, an event that another node takes may still count in the window that ran before.
 */
@Service
class BillingPeriods {

    private static final Actor.System SELF = new Actor.System("usage");
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final int MOST = 100_000;
    private static final String TOPIC = "usage";

    private final Subscriptions subscriptions;
    private final Broadcasts broadcasts;
    private final InstantSource clock;
    private final Memory<AccountId, List<AccountSubscription>> known;

    BillingPeriods(Subscriptions subscriptions, Broadcasts broadcasts, Outages outages, InstantSource clock) {
        this.subscriptions = subscriptions;
        this.broadcasts = broadcasts;
        this.clock = clock;
        this.known = outages.shortMemory(REMEMBERED, MOST);
    }

    Map<AccountId, List<AccountSubscription>> of(Collection<AccountId> accounts) {
        return known.getAll(Set.copyOf(accounts), unknown -> {
            Map<AccountId, List<AccountSubscription>> all = new HashMap<>();
            unknown.forEach(account -> all.put(account, List.of()));
            all.putAll(subscriptions.recent(SELF, List.copyOf(unknown), clock.instant().minus(EventCheck.LATEST)));
            return all;
        });
    }

    /** The same with those that ended since long ago; not from memory. */
    Map<AccountId, List<AccountSubscription>> since(AccountId account, Instant at) {
        return subscriptions.recent(SELF, List.of(account), at);
    }

    @EventListener
    void on(SubscriptionChanged changed) {
        broadcasts.send(TOPIC, changed.after().account().toString());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                known.forget(changed.after().account());
            }
        });
    }

    @EventListener
    void on(BroadcastReceived message) {
        if (message.topic().equals(TOPIC)) {
            Ids.parse(message.payload()).map(AccountId::new).ifPresent(known::forget);
        }
    }

    @EventListener
    void on(BroadcastInterrupted interrupted) {
        known.forgetAll();
    }
}
