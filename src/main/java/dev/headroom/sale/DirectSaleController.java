package dev.headroom.sale;

import dev.headroom.actor.Actor;
import dev.headroom.bundle.CreateBundle;
import dev.headroom.bundle.CreateBundle.CreateBundleResult;
import dev.headroom.bundle.EndBundle;
import dev.headroom.bundle.EndBundle.EndBundleResult;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offer.CreateOfferInput;
import dev.headroom.catalog.Offer.CreateOfferResult;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/** What puts live without a draft. */
@Controller
class DirectSaleController {

    private final DirectSales sales;

    DirectSaleController(DirectSales sales) {
        this.sales = sales;
    }

    record EndOffer(String offer) {}

    record OfferEnded(Offer offer) {}

    @MutationMapping
    CreateOfferResult createOffer(@Argument CreateOfferInput input, @ContextValue Actor actor) {
        return sales.create(actor, input.command());
    }

    @MutationMapping
    OfferEnded endOffer(@Argument EndOffer input, @ContextValue Actor actor) {
        return new OfferEnded(sales.endOffer(actor, input.offer()));
    }

    @MutationMapping
    CreateBundleResult createBundle(@Argument CreateBundle input, @ContextValue Actor actor) {
        return sales.create(actor, input);
    }

    @MutationMapping
    EndBundleResult endBundle(@Argument EndBundle input, @ContextValue Actor actor) {
        return sales.end(actor, input);
    }
}
