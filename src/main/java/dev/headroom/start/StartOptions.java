package dev.headroom.start;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offers.Availability;
import dev.headroom.catalog.Offers;
import dev.headroom.catalog.Plan;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.start.StartQuoteResult.StartNotAllowed;
import dev.headroom.start.StartTarget.Together;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.stereotype.Service;

/** Says what a start would be with what was asked for beside its plan: the periods of another subscription, and offers. */
@Service
class StartOptions {

    private static final Actor.System SELF = new Actor.System("start");

    private final Subscriptions subscriptions;
    private final Offers offers;
    private final Catalog catalog;

    StartOptions(Subscriptions subscriptions, Offers offers, Catalog catalog) {
        this.subscriptions = subscriptions;
        this.offers = offers;
        this.catalog = catalog;
    }

    sealed interface Answer {
        record Found(StartTarget target) implements Answer {}

        record Refused(StartNotAllowed why) implements Answer {}
    }

    /**
     * @param at   the whole second in which it would begin
     * @param path of the input that asks, for errors
     * @throws HeadroomException NOT_FOUND for a subscription or an offer that is not there for the account, INVALID_INPUT for what does not go together
     */
    Answer of(Account account, RequestedStart wanted, StartTarget target, Instant at, String path) {
        Answer timed = wanted.coterminateWith() == null ? new Answer.Found(target) : together(account, wanted, target, at, path);
        return switch (timed) {
            case Answer.Found(StartTarget found) -> offered(account, wanted, found, at, path);
            case Answer.Refused _ -> timed;
        };
    }

    private Answer together(Account account, RequestedStart wanted, StartTarget target, Instant at, String path) {
        if (target.trialUntil() != null) {
            throw HeadroomException.invalid(path + ".trialDays", "Periods are counted from the end of a trial; leave it out, or coterminateWith");
        }
        AccountSubscription other = subscription(account, String.valueOf(wanted.coterminateWith()))
                .orElseThrow(() -> HeadroomException.notFound(path + ".coterminateWith", "The account has no such subscription"));
        return switch (Cotermination.of(other, target.price().price().interval(), at)) {
            case Cotermination.Until(Instant until) -> new Answer.Found(target.together(new Together(other, until)));
            case Cotermination.Refused(StartNotAllowed why) -> new Answer.Refused(why);
        };
    }

    private Optional<AccountSubscription> subscription(Account account, String id) {
        return Ids.parse(id).map(SubscriptionId::new).flatMap(known -> subscriptions.find(SELF, account.id(), known));
    }

    private Answer offered(Account account, RequestedStart wanted, StartTarget target, Instant at, String path) {
        CatalogSnapshot known = catalog.snapshot();
        List<Offer> named = known.requireOffers(path, wanted.offer(), wanted.offers(), account.id().value());
        Plan plan = target.version().plan();
        UUID id = account.id().value();
        BiFunction<Offer, UUID, Availability> availabilities = offers.availabilities(named, List.of(id));
        return named.stream()
                .flatMap(offer -> StartOfferTerms.against(offer, plan, account, known, availabilities.apply(offer, id), at).stream())
                .findFirst()
                .<Answer>map(Answer.Refused::new)
                .orElseGet(() -> new Answer.Found(target.taking(named)));
    }

    /**
     * The same as a token promised it. Whether the offers are still to be had is decided by whoever takes them, and one that is over by now stands for the
     * quote's minutes.
     *
     * @return empty where the other subscription's periods do not end any more where they did
     */
    Optional<StartTarget> promised(Account account, StartClaims claims, StartTarget target, Instant at) {
        Optional<Together> together = together(account, claims, target, at);
        return claims.until() == null || together.isPresent()
                ? Optional.of(target.together(together.orElse(null)).taking(taken(claims)))
                : Optional.empty();
    }

    private Optional<Together> together(Account account, StartClaims claims, StartTarget target, Instant at) {
        return Optional.ofNullable(claims.asked().coterminateWith())
                .flatMap(other -> subscription(account, other))
                .filter(other -> Cotermination.of(other, target.price().price().interval(), at) instanceof Cotermination.Until(Instant until)
                        && until.equals(claims.until()))
                .map(other -> new Together(other, Objects.requireNonNull(claims.until())));
    }

    private List<Offer> taken(StartClaims claims) {
        CatalogSnapshot known = catalog.snapshot();
        return claims.offers().stream().map(known::offer).toList();
    }
}
