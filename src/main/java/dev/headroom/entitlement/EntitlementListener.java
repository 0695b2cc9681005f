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

    private final Entitlements entitlements;
    private final TermsVersions versions;
    private final Notices notices;
    private final Broadcasts broadcasts;

    EntitlementListener(Entitlements entitlements, TermsVersions versions, Notices notices, Broadcasts broadcasts) {
        this.entitlements = entitlements;
        this.versions = versions;
        this.notices = notices;
        this.broadcasts = broadcasts;
    }

    @EventListener
    void on(SubscriptionChanged changed) {
        AccountId account = changed.after().account();
        versions.raise(account);
        notices.reconsider(account);
        forget(account);
    }

    /** Others learn of it within a second by themselves: a notice in each of thousands of commits a second would make them queue. */
    @EventListener
    void on(UsageCounted counted) {
        notices.consider(counted.totals());
        afterCommit(() -> counted.accounts().forEach(entitlements::forgetUsage));
    }

    @EventListener
    void on(SeatsChanged changed) {
        forget(changed.account());
    }

    private void forget(AccountId account) {
        broadcasts.send(TOPIC, account.toString());
        afterCommit(() -> entitlements.forget(account));
    }

    private static void afterCommit(Runnable act) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                act.run();
            }
        });
    }

    @EventListener
    void on(BroadcastReceived message) {
        if (message.topic().equals(TOPIC)) {
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
