package dev.headroom.catalog;

import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.catalog.Offer.OfferDuration;
import dev.headroom.pricing.Discount.Reduction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link CreateOffer} as GraphQL can say it: a reduction is whichever of two fields is given. */
record CreateOfferInput(
        String idempotencyKey, String product, String key, String name, @Nullable BigDecimal percentOff, @Nullable NewAmountOff amountOff,
        OfferDuration duration, @Nullable Integer months, Instant from, Instant until, @Nullable List<String> plans,
        @Nullable Boolean existingCustomers, @Nullable Integer redemptionCap) {

    record NewAmountOff(long minor, String currency) {}

    private Reduction reduction() {
        return CreateOffer.reduction(percentOff, amountOff == null ? null : amountOff.minor(), amountOff == null ? null : amountOff.currency());
    }

    CreateOffer command() {
        return new CreateOffer(idempotencyKey, product, key, name, reduction(), CreateOffer.term(duration, months), from, until, plans, existingCustomers, redemptionCap);
    }
}
