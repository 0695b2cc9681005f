package dev.headroom.catalog;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Offer.OfferDuration;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.error.Check;
import dev.headroom.money.Money;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class OfferController {

    private static final int MOST_SHOWN = 200;

    private final Catalog catalog;
    private final Offers offers;
    private final InstantSource clock;

    OfferController(Catalog catalog, Offers offers, InstantSource clock) {
        this.catalog = catalog;
        this.offers = offers;
        this.clock = clock;
    }

    @QueryMapping
    Optional<Offer> offer(@Argument String key, @ContextValue Actor actor) {
        actor.require(Permission.READ);
        return catalog.snapshot().offer(key).filter(offer -> !offer.negotiated() || actor.sees(Objects.requireNonNull(offer.account())));
    }

    @QueryMapping
    List<Offer> offers(@Argument int first, @ContextValue Actor actor) {
        return offers.all(actor).stream().limit(Check.between("first", first, 1, MOST_SHOWN)).toList();
    }

    @BatchMapping(typeName = "Offer")
    Map<Offer, Integer> redemptions(List<Offer> of, @ContextValue Actor actor) {
        if (actor instanceof Actor.Member) {
            return Map.of();
        }
        Map<OfferId, Integer> taken = offers.redemptions(actor, of);
        return of.stream().distinct().collect(Collectors.toMap(Function.identity(), offer -> taken.get(offer.id())));
    }

    @SchemaMapping(typeName = "Product")
    List<Offer> offers(Product product) {
        return catalog.snapshot().offers(product.id(), clock.instant());
    }

    @SchemaMapping(typeName = "Offer")
    Product product(Offer offer) {
        return catalog.snapshot().product(offer.product());
    }

    @SchemaMapping(typeName = "Offer")
    @Nullable String percentOff(Offer offer) {
        return offer.reduction() instanceof PercentOff off ? off.percent().toPlainString() : null;
    }

    @SchemaMapping(typeName = "Offer")
    @Nullable Money amountOff(Offer offer) {
        return offer.reduction() instanceof AmountOff off ? off.amount() : null;
    }

    @SchemaMapping(typeName = "Offer")
    OfferDuration duration(Offer offer) {
        return OfferDuration.of(offer.term());
    }

    @SchemaMapping(typeName = "Offer")
    @Nullable Integer months(Offer offer) {
        return offer.term() instanceof Term.Repeating(int months) ? months : null;
    }

    @SchemaMapping(typeName = "Offer")
    List<Plan> plans(Offer offer) {
        return catalog.snapshot().plans().stream().filter(plan -> offer.plans().contains(plan.id())).toList();
    }

    @SchemaMapping(typeName = "Offer")
    @Nullable Integer redemptionCap(Offer offer) {
        return offer.cap();
    }
}
