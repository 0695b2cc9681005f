package dev.headroom.catalog;

import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link CreateOffer} as GraphQL can say it: a reduction is whichever of two fields is given. */
record CreateOfferInput(
        String idempotencyKey, String product, String key, String name, @Nullable BigDecimal percentOff, @Nullable NewAmountOff amountOff,
        OfferDuration duration, @Nullable Integer months, Instant from, Instant until, @Nullable List<String> plans,
        @Nullable Boolean existingCustomers, @Nullable Integer redemptionCap) {

    record NewAmountOff(long minor, String currency) {}

    /** For how long what is taken reduces invoices. */
    enum OfferDuration {
        ONCE,
        MONTHS,
        FOREVER;

        static OfferDuration of(Term term) {
            return switch (term) {
                case Term.Once _ -> ONCE;
                case Term.Repeating _ -> MONTHS;
                case Term.Forever _ -> FOREVER;
            };
        }
    }

    CreateOffer command() {
        return new CreateOffer(idempotencyKey, product, key, name, reduction(), term(), from, until, plans, existingCustomers, redemptionCap);
    }

    /** Whatever the pricing core refuses is refused with its own words, at this path. */
    private Reduction reduction() {
        if ((percentOff == null) == (amountOff == null)) {
            throw HeadroomException.invalid("input.percentOff", "Give either percentOff or amountOff");
        }
        try {
            return percentOff == null
                    ? new AmountOff(Money.of(Objects.requireNonNull(amountOff).minor(), amountOff.currency()))
                    : new PercentOff(percentOff);
        } catch (IllegalArgumentException refused) {
            throw HeadroomException.invalid(
                    percentOff == null ? "input.amountOff" : "input.percentOff", Objects.requireNonNullElse(refused.getMessage(), "This reduction is not possible"));
        }
    }

    private Term term() {
        if (months != null && duration != OfferDuration.MONTHS) {
            throw HeadroomException.invalid("input.months", "Only the duration MONTHS has a number of months");
        }
        return switch (duration) {
            case ONCE -> new Term.Once();
            case FOREVER -> new Term.Forever();
            case MONTHS -> new Term.Repeating((int) Check.between("input.months", Check.present("input.months", months), 1, Integer.MAX_VALUE));
        };
    }
}
