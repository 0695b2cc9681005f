package dev.headroom.preview;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.broadcast.BroadcastInterrupted;
import dev.headroom.broadcast.BroadcastReceived;
import dev.headroom.broadcast.Broadcasts;
import dev.headroom.id.Ids;
import dev.headroom.preview.Drift.Difference;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Where Stripe and we differ: noted when a quote is compared, resolved when one agrees; which subscriptions have any, every node knows by heart. */
@Service
public class Drifts implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(Drifts.class);
    private static final String TOPIC = "drift";

    private final DriftRepository drifts;
    private final Broadcasts broadcasts;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Set<SubscriptionId> open = ConcurrentHashMap.newKeySet();

    Drifts(DriftRepository drifts, Broadcasts broadcasts, TransactionTemplate transaction, InstantSource clock) {
        this.drifts = drifts;
        this.broadcasts = broadcasts;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        learnAll();
    }

    /** Whether a difference was seen and no agreement since; costs no statement. */
    public boolean isOpen(SubscriptionId subscription) {
        return open.contains(subscription);
    }

    /** Notes that a quote was found to differ; what was noted before is told anew. */
    public void differs(Actor actor, AccountSubscription subscription, Difference difference) {
        Instant now = clock.instant();
        LOG.warn("Stripe would bill subscription {} {}, and we reckon {}: {}", subscription.stripeId(), difference.stripes(), difference.ours(), difference.why());
        transaction.executeWithoutResult(_ -> {
            drifts.put(new Drift(Ids.next(), subscription.account(), subscription.id(), difference, actor.name(), 1, now, now, null));
            broadcasts.send(TOPIC, subscription.id().toString());
        });
        learn(subscription.id());
    }

    /** Notes that a quote was found to agree; costs no statement where nothing has differed. */
    public void agrees(AccountSubscription subscription) {
        if (isOpen(subscription.id())) {
            transaction.executeWithoutResult(_ -> {
                drifts.resolve(subscription.account(), subscription.id(), clock.instant());
                broadcasts.send(TOPIC, subscription.id().toString());
            });
            learn(subscription.id());
        }
    }

    /**
     * Drifts of all accounts, seen last first.
     *
     * @param after the last one of the page before
     */
    public List<Drift> page(Actor actor, boolean resolvedToo, @Nullable UUID after, int size) {
        actor.requireEveryAccount(Permission.ADMIN);
        return drifts.page(resolvedToo, after, size);
    }

    @EventListener
    void on(BroadcastReceived message) {
        if (message.topic().equals(TOPIC)) {
            Ids.parse(message.payload()).map(SubscriptionId::new).ifPresent(this::learn);
        }
    }

    @EventListener
    void on(BroadcastInterrupted interrupted) {
        try {
            learnAll();
        } catch (RuntimeException unknown) {
            LOG.warn("Which subscriptions drift could not be read again: {}", unknown.toString());
        }
    }

    /** One at a time, so that what was read first is not remembered last; of the one that changed alone, however many there are. */
    private synchronized void learn(SubscriptionId changed) {
        if (drifts.isOpen(changed)) {
            open.add(changed);
        } else {
            open.remove(changed);
        }
    }

    /** Where nobody can say what has changed. */
    private synchronized void learnAll() {
        Set<SubscriptionId> found = drifts.open();
        open.retainAll(found);
        open.addAll(found);
    }
}
