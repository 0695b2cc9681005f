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
import java.time.InstantSource;
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
    private final InstantSource clock;

    AccountOffers(Catalog catalog, Subscriptions subscriptions, Proposals proposals, InstantSource clock) {
        this.catalog = catalog;
        this.subscriptions = subscriptions;
        this.proposals = proposals;
        this.clock = clock;
    }

    /** @param against why it could be taken with no change; absent where it could */
    public record AccountOffer(Offer offer, @Nullable ChangeNotAllowed against) {}

    /** Those of this moment. */
    public List<AccountOffer> now(Actor actor, AccountId account) {
        return at(actor, account, clock.instant());
    }

    /** The one that is over first before the others. */
    public List<AccountOffer> at(Actor actor, AccountId account, Instant at) {
        actor.require(Permission.QUOTE, account.value());
        CatalogSnapshot known = catalog.snapshot();
        List<AccountSubscription> live = subscriptions.live(actor, account);
        List<Offer> open = known.offers().stream().filter(offer -> offer.isFor(account.value()) && offer.open(at)).toList();
        Lookups lookups = proposals.together(live, open);
        return open.stream()
                .flatMap(offer -> live.stream().filter(each -> each.product().equals(offer.product())).map(each -> seen(offer, each, lookups)))
                .sorted(Comparator.comparing((AccountOffer seen) -> seen.offer().over()).thenComparing(seen -> seen.offer().key()))
                .toList();
    }

    private static AccountOffer seen(Offer offer, AccountSubscription subscription, Lookups lookups) {
        Optional<QuoteResult> against = OfferTerms.ofSubscription(offer, subscription).or(() -> Proposals.gone(offer, subscription.account(), lookups));
        return new AccountOffer(offer, against.map(ChangeNotAllowed.class::cast).orElse(null));
    }
}
