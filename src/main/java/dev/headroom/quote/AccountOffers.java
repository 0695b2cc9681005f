package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offers;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Which offers an account would see at an instant, as things stand now, and which of them it could not take. */
@Service
public class AccountOffers {

    private final Catalog catalog;
    private final Subscriptions subscriptions;
    private final Proposals proposals;

    AccountOffers(Catalog catalog, Subscriptions subscriptions, Proposals proposals) {
        this.catalog = catalog;
        this.subscriptions = subscriptions;
        this.proposals = proposals;
    }

    /** @param against why it could be taken with no change; absent where it could */
    public record AccountOffer(Offer offer, @Nullable ChangeNotAllowed against) {}

    /** The one that is over first before the others. */
    public List<AccountOffer> at(Actor actor, AccountId account, Instant at) {
        actor.require(Permission.QUOTE, account.value());
        CatalogSnapshot known = catalog.snapshot();
        List<AccountSubscription> live = subscriptions.live(actor, account);
        return known.offers().stream()
                .filter(offer -> offer.isFor(account.value()) && offer.open(at))
                .flatMap(offer -> live.stream().filter(each -> each.product().equals(offer.product())).map(each -> seen(offer, each)))
                .sorted(Comparator.comparing((AccountOffer seen) -> seen.offer().over()).thenComparing(seen -> seen.offer().key()))
                .toList();
    }

    private AccountOffer seen(Offer offer, AccountSubscription subscription) {
        Optional<QuoteResult> against = OfferTerms.ofSubscription(offer, subscription).or(() -> proposals.gone(offer, subscription.account()));
        return new AccountOffer(offer, against.map(ChangeNotAllowed.class::cast).orElse(null));
    }
}
