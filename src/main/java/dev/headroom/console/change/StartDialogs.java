package dev.headroom.console.change;

import dev.headroom.account.Account;
import dev.headroom.account.PaymentMethods;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Product;
import dev.headroom.change.SubscriptionStarts;
import dev.headroom.console.SignedIn;
import dev.headroom.eligibility.AccountOffers;
import dev.headroom.start.StartQuotes;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.util.List;
import org.springframework.stereotype.Component;

/** Opens the dialog that starts a subscription. */
@Component
public class StartDialogs {

    private final StartQuotes quotes;
    private final SubscriptionStarts starts;
    private final Subscriptions subscriptions;
    private final PaymentMethods cards;
    private final Catalog catalog;
    private final AccountOffers offers;

    StartDialogs(
            StartQuotes quotes, SubscriptionStarts starts, Subscriptions subscriptions, PaymentMethods cards, Catalog catalog, AccountOffers offers) {
        this.quotes = quotes;
        this.starts = starts;
        this.subscriptions = subscriptions;
        this.cards = cards;
        this.catalog = catalog;
        this.offers = offers;
    }

    /** Whether there is something that the account could begin with, beside what runs. */
    public boolean possible(Account account, List<AccountSubscription> running) {
        return !products(account, running, catalog.snapshot()).isEmpty();
    }

    /**
     * @param changed runs when something has begun
     * @param closed  runs when the dialog is gone, however it ended
     */
    public void open(SignedIn signedIn, Account account, Runnable changed, Runnable closed) {
        CatalogSnapshot known = catalog.snapshot();
        List<AccountSubscription> running = subscriptions.live(signedIn.actor(), account.id());
        boolean card = !cards.ofAccount(signedIn.actor(), account.id()).isEmpty();
        StartDialog dialog = new StartDialog(
                new StartTalk(signedIn.actor(), account, running, card, known, quotes, starts, offers), products(account, running, known), changed);
        dialog.addOpenedChangeListener(change -> {
            if (!change.isOpened()) {
                closed.run();
            }
        });
        dialog.open();
    }

    private static List<Product> products(Account account, List<AccountSubscription> running, CatalogSnapshot known) {
        return StartChoice.products(known, account, running.stream().map(each -> known.product(each.product())));
    }
}
