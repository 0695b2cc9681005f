package dev.headroom.quote;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offers;
import dev.headroom.error.HeadroomException;
import dev.headroom.policy.Policies;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Finds what a request comes to, with what no node remembers: who has taken an offer, and when a subscription last grew. */
@Service
class Proposals {

    private static final Actor.System SELF = new Actor.System("quote");

    private final Policies policies;
    private final Offers offers;
    private final Subscriptions subscriptions;
    private final QuoteProperties properties;

    Proposals(Policies policies, Offers offers, Subscriptions subscriptions, QuoteProperties properties) {
        this.policies = policies;
        this.offers = offers;
        this.subscriptions = subscriptions;
        this.properties = properties;
    }

    /** Each with a statement, when something depends on it. */
    Lookups oneByOne() {
        return new Lookups(subscription -> subscriptions.expandedAt(SELF, subscription), offers::availability);
    }

    /** The same answers about many, read at once: three statements at most, however many there are. */
    Lookups together(Collection<AccountSubscription> of, Collection<Offer> named) {
        Map<SubscriptionId, Instant> expanded = subscriptions.expandedAt(SELF, of);
        List<UUID> accounts = of.stream().map(each -> each.account().value()).distinct().toList();
        return new Lookups(subscription -> Optional.ofNullable(expanded.get(subscription.id())), offers.availabilities(named, accounts));
    }

    /** @param held seats that members hold */
    Proposal of(RequestedChange change, Circumstances now, long held, Lookups lookups) {
        AccountSubscription subscription = now.subscription();
        Steering steering = new Steering(policies.of(subscription.product()), now, () -> lookups.expandedAt().apply(subscription), now.at().plus(properties.horizon()));
        return switch (Proposal.of(change, steering, held)) {
            case Proposal.Found found -> found.target().taking().stream()
                    .flatMap(taken -> OfferTerms.gone(taken.offer(), lookups.availability().apply(taken.offer(), subscription.account().value())).stream())
                    .findFirst().<Proposal>map(Proposal.Refused::new).orElse(found);
            case Proposal.Refused refused -> refused;
        };
    }

    /**
     * When a change would be made that shall bring the periods of two subscriptions together.
     *
     * @throws HeadroomException NOT_FOUND for a subscription that is not there for the account, INVALID_INPUT for what does not go together
     */
    Cotermination together(RequestedChange change, Circumstances now) {
        Cotermination.requireAlone(change);
        AccountSubscription own = now.subscription();
        AccountSubscription other = change.other()
                .flatMap(id -> Stream.concat(Stream.of(own), now.others().stream()).filter(each -> each.id().equals(id)).findFirst()
                        .or(() -> subscriptions.find(SELF, own.account(), id)))
                .orElseThrow(() -> HeadroomException.notFound(Cotermination.FIELD, "The account has no such subscription"));
        return Cotermination.of(change, own, other, now.at());
    }
}
