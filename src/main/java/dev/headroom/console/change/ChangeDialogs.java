package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.account.Account;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.SignedIn;
import dev.headroom.quote.Quote;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Opens the dialog that changes a subscription, from wherever one is shown. */
@Component
public class ChangeDialogs {

    private final Negotiations negotiations;
    private final Catalog catalog;

    ChangeDialogs(Negotiations negotiations, Catalog catalog) {
        this.negotiations = negotiations;
        this.catalog = catalog;
    }

    /**
     * @param changed runs when a change is in force, or may soon be
     * @param closed  runs when the dialog is gone, however it ended
     */
    public void open(SignedIn signedIn, Account account, AccountSubscription subscription, Runnable changed, Runnable closed) {
        show(ChangeDialog.choosing(negotiations.with(signedIn, account), subscription, catalog.snapshot(), changed), closed);
    }

    /** The same to let it end, with its period or at once, or, where that was asked for already, to let it go on. */
    public void openEnd(SignedIn signedIn, Account account, AccountSubscription subscription, Runnable changed, Runnable closed) {
        CatalogSnapshot known = catalog.snapshot();
        String product = known.product(subscription.product()).key();
        String title = translate(
                subscription.renews() ? "change.end.title" : "change.go.on.title", subscription.planVersion(known).plan().name(), account.name());
        Negotiation negotiation = negotiations.with(signedIn, account);
        show(subscription.renews()
                ? ChangeDialog.ending(negotiation, product, known, changed, title)
                : ChangeDialog.asking(negotiation, new RequestedChange(product, null, null, null, null, null, null, false), known, changed, title), closed);
    }

    /** The same for one change: with the very quote that was shown of it, where that is given. */
    public void openOne(SignedIn signedIn, Account account, Optional<Quote> quote, RequestedChange change, Runnable changed, Runnable closed) {
        Negotiation negotiation = negotiations.with(signedIn, account);
        CatalogSnapshot known = catalog.snapshot();
        String title = translate("change.title", account.name());
        show(quote
                .map(shown -> ChangeDialog.quoted(negotiation, shown, change, known, changed, title))
                .orElseGet(() -> ChangeDialog.asking(negotiation, change, known, changed, title)), closed);
    }

    /** The same to accept what was agreed. */
    public void openAgreed(SignedIn signedIn, Account account, RequestedChange change, Runnable changed) {
        show(ChangeDialog.asking(
                negotiations.with(signedIn, account), change, catalog.snapshot(), changed, translate("change.agreed.title", account.name())), changed);
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
