package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.change.BundleDueRepository.Taken;
import dev.headroom.quote.Quotes;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Puts an account's items into the bundles that they belong into, and takes them out of those that are broken, where no change of theirs has done it:
 * another product of it began or ended, or somebody did something at Stripe.
 */
@Service
class BundleLevels {

    private static final Logger LOG = LoggerFactory.getLogger(BundleLevels.class);
    private static final Actor.System SELF = new Actor.System("bundle");
    /** Longer than the few calls to Stripe can take; also until it is tried again. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final BundleDueRepository due;
    private final Subscriptions subscriptions;
    private final Quotes quotes;
    private final BundleUpdates updates;
    private final InstantSource clock;

    BundleLevels(BundleDueRepository due, Subscriptions subscriptions, Quotes quotes, BundleUpdates updates, InstantSource clock) {
        this.due = due;
        this.subscriptions = subscriptions;
        this.quotes = quotes;
        this.updates = updates;
        this.clock = clock;
    }

    /** Looks at every account that is due; one that fails comes again, and keeps none of the others from it. Returns how many. */
    int sweep() {
        int swept = 0;
        Instant now = clock.instant();
        for (Optional<Taken> next = due.take(now, now.plus(LEASE)); next.isPresent(); next = due.take(now, now.plus(LEASE))) {
            look(next.get());
            swept++;
        }
        return swept;
    }

    private void look(Taken taken) {
        try {
            if (level(taken.account())) {
                due.done(taken);
            }
        } catch (RuntimeException later) {
            LOG.warn("The bundles of account {} could not be made level yet: {}", taken.account(), later.toString());
        }
    }

    /** False where something has to end before. */
    private boolean level(AccountId account) {
        List<AccountSubscription> live = subscriptions.live(SELF, account);
        boolean all = true;
        for (AccountSubscription subscription : live) {
            SubscriptionTerms wanted = quotes.bundled(subscription, live);
            all &= wanted.items().equals(subscription.terms().items()) || updates.make(SELF, subscription, wanted);
        }
        return all;
    }
}
