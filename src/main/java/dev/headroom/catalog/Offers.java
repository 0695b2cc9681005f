package dev.headroom.catalog;

import static java.util.stream.Collectors.toMap;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.OfferRepository.Taken;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.time.Period;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who has taken an offer: each account once, and never more of them than its cap. */
@Service
public class Offers {

    private final OfferRepository repository;
    private final Catalog catalog;
    private final InstantSource clock;

    Offers(OfferRepository repository, Catalog catalog, InstantSource clock) {
        this.repository = repository;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Whether an account could take an offer, as far as others who take it are concerned. */
    public enum Availability {
        FREE,
        /** The account has taken it before, or is about to. */
        TAKEN,
        /** As many accounts as may have taken it. */
        EXHAUSTED
    }

    public Availability availability(Offer offer, UUID account) {
        Integer cap = offer.cap();
        if (repository.taken(offer.id(), account)) {
            return Availability.TAKEN;
        }
        return cap != null && repository.redemptions(offer.id()) >= cap ? Availability.EXHAUSTED : Availability.FREE;
    }

    /** The same of any of these offers and accounts, as it is now; two statements, none without an offer. */
    public BiFunction<Offer, UUID, Availability> availabilities(Collection<Offer> of, Collection<UUID> accounts) {
        List<OfferId> ids = of.stream().map(Offer::id).toList();
        Set<Taken> taken = ids.isEmpty() ? Set.of() : repository.taken(ids, accounts);
        Map<OfferId, Integer> redemptions = ids.isEmpty() ? Map.of() : repository.redemptions(ids);
        return (offer, account) -> {
            if (taken.contains(new Taken(offer.id(), account))) {
                return Availability.TAKEN;
            }
            Integer cap = offer.cap();
            return cap != null && redemptions.getOrDefault(offer.id(), 0) >= cap ? Availability.EXHAUSTED : Availability.FREE;
        };
    }

    /** How many accounts have taken each, those among them whose change is still being carried out; a figure of the vendor's. */
    public Map<OfferId, Integer> redemptions(Actor actor, Collection<Offer> of) {
        actor.requireEveryAccount(Permission.READ);
        Map<OfferId, Integer> taken = repository.redemptions(of.stream().map(Offer::id).toList());
        return of.stream().collect(toMap(Offer::id, offer -> taken.getOrDefault(offer.id(), 0), (one, _) -> one));
    }

    /** All but those that were agreed with one account, the one that is over last before the others. */
    public List<Offer> all(Actor actor) {
        actor.requireEveryAccount(Permission.READ);
        return catalog.snapshot().offers().stream()
                .filter(offer -> !offer.negotiated())
                .sorted(Comparator.comparing(Offer::over).reversed().thenComparing(Offer::key))
                .toList();
    }

    /**
     * What could be offered to one account; nobody can take it before {@link Catalog#agree} has put it into the catalogue.
     *
     * @param path of the fields that say how much and how long, for what is wrong with them
     */
    public Offer negotiated(String path, UUID account, ProductId product, Reduction reduction, Term term, Period window) {
        return NewOffers.negotiated(path, account, product, reduction, term, window);
    }

    /** Takes an offer for an account with a change, in the transaction that begins it; false when it is not to be had any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean take(OfferId offer, UUID account, UUID change) {
        repository.lock(offer);
        if (availability(catalog.snapshot().offer(offer), account) != Availability.FREE) {
            return false;
        }
        repository.insertRedemption(offer, account, change, clock.instant());
        return true;
    }

    /** Gives back what a change took that ends without effect; does nothing a second time. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void giveBack(OfferId offer, UUID account, UUID change) {
        repository.deleteRedemption(offer, account, change);
    }
}
