package dev.headroom.catalog;

import dev.headroom.actor.Actor;
import java.util.List;
import java.util.stream.Stream;

/** What is sold of a product to whoever asks: to the vendor what everybody may have, to a customer what is listed for it. */
final class Selling {

    private Selling() {}

    static Stream<PlanVersion> to(Actor actor, ProductId product, Plan.Kind kind, CatalogSnapshot known) {
        List<PlanVersion> sold = actor instanceof Actor.Member member
                ? known.listed(product, kind, member.account())
                : kind == Plan.Kind.TIER ? known.onSale(product) : known.addOnsOnSale(product);
        return sold.stream();
    }
}
