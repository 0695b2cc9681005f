package dev.headroom.console.alternative;

import dev.headroom.account.Account;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.quote.Alternative;
import dev.headroom.quote.Alternatives.Recommendation;
import dev.headroom.quote.Quote;
import dev.headroom.shown.ShownQuote;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.value.UsageBreakEven;
import dev.headroom.value.ValueCase;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One subscription and what it could be instead, read at once.
 *
 * @param held   seats that members hold
 * @param advice absent where nothing can be compared
 */
record Comparison(
        Account account, AccountSubscription subscription, long held, CatalogSnapshot catalog, Candidates candidates, List<Option> options, Optional<Recommendation> advice) {

    /**
     * One of them.
     *
     * @param shown absent where it cannot be made
     * @param worth absent where nothing is known of it
     */
    record Option(Candidate candidate, Alternative alternative, @Nullable ShownQuote shown, @Nullable ValueCase worth, List<UsageBreakEven> breakEvens) {

        Optional<Quote> quote() {
            return alternative.quote() instanceof Quote quote ? Optional.of(quote) : Optional.empty();
        }
    }

    List<Candidate> neighbours() {
        return Candidates.neighbours(subscription, held, catalog);
    }

    List<Candidate> everything() {
        return Candidates.everything(subscription, held, catalog);
    }

    String product() {
        return catalog.product(subscription.product()).key();
    }

    String plan() {
        return subscription.planVersion(catalog).plan().name();
    }
}
