package dev.headroom.console.change;

import dev.headroom.account.Account;
import dev.headroom.catalog.Catalog;
import dev.headroom.change.PlanChangeCancellations;
import dev.headroom.change.PlanChanges;
import dev.headroom.console.SignedIn;
import dev.headroom.quote.Quotes;
import dev.headroom.subscription.AccountSubscription;
import org.springframework.stereotype.Component;

/** Opens the dialog that changes a subscription, from wherever one is shown. */
@Component
public class ChangeDialogs {

    private final Quotes quotes;
    private final PlanChanges changes;
    private final PlanChangeCancellations cancellations;
    private final Catalog catalog;

    ChangeDialogs(Quotes quotes, PlanChanges changes, PlanChangeCancellations cancellations, Catalog catalog) {
        this.quotes = quotes;
        this.changes = changes;
        this.cancellations = cancellations;
        this.catalog = catalog;
    }

    /**
     * @param changed runs when a change is in force, or may soon be
     * @param closed  runs when the dialog is gone, however it ended
     */
    public void open(SignedIn signedIn, Account account, AccountSubscription subscription, Runnable changed, Runnable closed) {
        show(ChangeDialog.choosing(negotiation(signedIn, account), subscription, catalog.snapshot(), changed), closed);
    }

    private Negotiation negotiation(SignedIn signedIn, Account account) {
        return new Negotiation(signedIn.actor(), account, quotes, changes, cancellations);
    }

    private static void show(ChangeDialog dialog, Runnable closed) {
        dialog.addOpenedChangeListener(change -> {
            if (!change.isOpened()) {
                closed.run();
            }
        });
        dialog.open();
    }
}
