package dev.headroom.eligibility;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offers;
import dev.headroom.catalog.Offers.Availability;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.eligibility.AccountOffer.OfferOccasion;
import dev.headroom.eligibility.AccountOffer.TakenWithChange;
import dev.headroom.eligibility.AccountOffer.TakenWithStart;
import dev.headroom.quote.OfferTerms;
import dev.headroom.start.StartOfferTerms;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Which offers an account would see at an instant, as things stand now, what it would take each with, and which of them it could not take. */
@Service
public class AccountOffers {

    private static final Actor.System SELF = new Actor.System("eligibility");

    private final Catalog catalog;
    private final Offers offers;
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final InstantSource clock;

    AccountOffers(Catalog catalog, Offers offers, Accounts accounts, Subscriptions subscriptions, InstantSource clock) {
        this.catalog = catalog;
        this.offers = offers;
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** Those of this moment. */
    public List<AccountOffer> now(Actor actor, AccountId account) {
        return at(actor, account, clock.instant());
    }

    /**
     * Each with every subscription that it could be taken with a change of, or, where nothing of its product runs, with a start, unless nothing of the
     * product is sold to the account at all; the one that is over first before the others. Three statements, however many there are.
     */
    public List<AccountOffer> at(Actor actor, AccountId account, Instant at) {
        actor.require(Permission.QUOTE, account.value());
        List<AccountSubscription> live = subscriptions.live(actor, account);
        List<Offer> open = catalog.snapshot().offers().stream().filter(offer -> offer.isFor(account.value()) && offer.open(at)).toList();
        Seeing seeing = new Seeing(
                accounts.byId(SELF, account), live, catalog.snapshot(), offers.availabilities(open, List.of(account.value())));
        return open.stream()
                .flatMap(offer -> seeing.occasions(offer).map(occasion -> new AccountOffer(offer, occasion)))
                .sorted(Comparator.comparing((AccountOffer seen) -> seen.offer().over()).thenComparing(seen -> seen.offer().key()))
                .toList();
    }

    /** Who looks, and what that depends on. */
    private record Seeing(Account account, List<AccountSubscription> live, CatalogSnapshot catalog, BiFunction<Offer, UUID, Availability> availabilities) {

        Stream<OfferOccasion> occasions(Offer offer) {
            Availability availability = availabilities.apply(offer, account.id().value());
            List<AccountSubscription> running = live.stream().filter(each -> each.product().equals(offer.product())).toList();
            return running.isEmpty() ? start(offer, availability) : running.stream().map(each -> change(offer, each, availability));
        }

        private static OfferOccasion change(Offer offer, AccountSubscription subscription, Availability availability) {
            return new TakenWithChange(subscription, OfferTerms.ofChanges(offer, subscription, availability).orElse(null));
        }

        private Stream<OfferOccasion> start(Offer offer, Availability availability) {
            List<Plan> sold = catalog.onSale(offer.product(), Plan.Kind.TIER, account.id().value()).stream().filter(this::isSold).map(PlanVersion::plan).toList();
            List<Plan> plans = sold.stream().filter(offer::isFor).toList();
            return sold.isEmpty() ? Stream.empty() : Stream.of(new TakenWithStart(
                    catalog.product(offer.product()), plans, StartOfferTerms.ofStarts(offer, plans, account.currency(), availability).orElse(null)));
        }

        private boolean isSold(PlanVersion version) {
            return version.prices().stream().anyMatch(price -> price.price().currency().equals(account.currency()));
        }
    }
}
