package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import dev.headroom.broadcast.BroadcastInterrupted;
import dev.headroom.broadcast.BroadcastReceived;
import dev.headroom.broadcast.Broadcasts;
import dev.headroom.id.Ids;
import dev.headroom.subscription.Seats.SeatsChanged;
import dev.headroom.subscription.SubscriptionChanged;
import dev.headroom.usage.TermsVersions;
import dev.headroom.usage.UsageCounted;
import dev.headroom.usage.UsageCounted.UsageDenied;
import dev.headroom.usage.UsageCounter;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Notices what changed: in the same transaction its consequences, on this node right after the commit, before the caller hears of it,
 * that memory is old; on the others by broadcast.
 */
@Component
class EntitlementListener {

    private static final String TOPIC = "entitlement";
    private static final String EVERYBODY = "everybody";

    private final Entitlements entitlements;
    private final TermsVersions versions;
    private final Notices notices;
    private final SeatNotices seats;
    private final Unlocks unlocks;
    private final Broadcasts broadcasts;

    EntitlementListener(
            Entitlements entitlements, TermsVersions versions, Notices notices, SeatNotices seats, Unlocks unlocks, Broadcasts broadcasts) {
        this.entitlements = entitlements;
        this.versions = versions;
        this.notices = notices;
        this.seats = seats;
        this.unlocks = unlocks;
        this.broadcasts = broadcasts;
    }

    /** Counters before versions, as whoever counts and opens something by it, so that nobody waits for each other. */
    @EventListener
    void on(SubscriptionChanged changed) {
        AccountId account = changed.after().account();
        notices.reconsider(account);
        seats.consider(changed.after());
        versions.raise(account);
        forget(account);
    }

    @EventListener
    void on(GrantsChanged changed) {
        notices.reconsider(changed.account());
        versions.raiseSources(List.of(changed.account()));
        forget(changed.account());
    }

    @EventListener
    void on(RulesChanged changed) {
        versions.raiseSources(changed.unlocked());
        versions.raiseAll();
        broadcasts.send(TOPIC, EVERYBODY);
        afterwards(_ -> entitlements.forgetAll());
    }

    /** Others learn of it within a second by themselves: a notice in each of thousands of commits a second would make them queue. */
    @EventListener
    void on(UsageCounted counted) {
        List<UsageCounter> now = notices.consider(counted.totals());
        Set<AccountId> unlocked = unlocks.consider(counted.totals());
        if (!unlocked.isEmpty()) {
            versions.raiseSources(unlocked);
            unlocked.forEach(this::forget);
        }
        afterwards(committed -> {
            if (committed) {
                now.forEach(entitlements::count);
            } else {
                now.forEach(counter -> entitlements.forgetUsage(counter.account()));
            }
            counted.others().forEach(entitlements::forgetUsage);
        });
    }

    @EventListener
    void on(UsageDenied denied) {
        notices.denied(denied.denials());
    }

    @EventListener
    void on(SeatsChanged changed) {
        seats.consider(changed.subscription());
        forget(changed.subscription().account());
    }

    private void forget(AccountId account) {
        broadcasts.send(TOPIC, account.toString());
        afterwards(_ -> entitlements.forget(account));
    }

    /** Also after a rollback: the transaction may have remembered what it alone saw. Says whether it was committed. */
    private static void afterwards(Consumer<Boolean> act) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                act.accept(status == STATUS_COMMITTED);
            }
        });
    }

    @EventListener
    void on(BroadcastReceived message) {
        if (message.topic().equals(TOPIC) && message.payload().equals(EVERYBODY)) {
            entitlements.forgetAll();
        } else if (message.topic().equals(TOPIC)) {
            Ids.parse(message.payload()).map(AccountId::new).ifPresent(entitlements::forget);
        } else if (message.topic().equals("catalog")) {
            entitlements.forgetAll();
        }
    }

    @EventListener
    void on(BroadcastInterrupted interrupted) {
        entitlements.forgetAll();
    }
}
