package dev.headroom.console.change;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.change.StartSubscription;
import dev.headroom.change.StartSubscriptionResult;
import dev.headroom.change.SubscriptionStarts;
import dev.headroom.eligibility.AccountOffer.TakenWithStart;
import dev.headroom.eligibility.AccountOffer;
import dev.headroom.eligibility.AccountOffers;
import dev.headroom.start.RequestedStart;
import dev.headroom.start.StartQuote;
import dev.headroom.start.StartQuoteResult;
import dev.headroom.start.StartQuotes;
import dev.headroom.subscription.AccountSubscription;
import java.util.List;

/**
 * The questions of the dialog that starts something, asked of the services that answer the API too.
 *
 * @param running what the account has
 * @param card    whether one is saved
 */
record StartTalk(
        Actor.ConsoleUser actor, Account account, List<AccountSubscription> running, boolean card, CatalogSnapshot catalog, StartQuotes quotes, SubscriptionStarts starts,
        AccountOffers offers) {

    /** Those that a start of a plan could take now. */
    List<Offer> offers(Plan plan) {
        return offers.now(actor, account.id()).stream()
                .filter(seen -> seen.takenWith() instanceof TakenWithStart start && start.allowed() && start.plans().contains(plan))
                .map(AccountOffer::offer)
                .toList();
    }

    StartQuoteResult ask(RequestedStart wanted) {
        return quotes.quote(actor, account.id(), wanted, "start");
    }

    /** The quote names the attempt, so that a second click asks how the first one went instead of paying again. */
    StartSubscriptionResult accept(StartQuote quote) {
        return starts.start(actor, new StartSubscription("console:" + quote.id(), null, quote.token(), null, null, null, null));
    }

    boolean mayAccept() {
        return actor.permissions().contains(Permission.CHANGE);
    }

    /** Whether something is to be paid, and there is nothing to pay it with. */
    boolean lacksCard(StartQuote quote) {
        return quote.dueNow().isPositive() && !card;
    }
}
