package dev.headroom.approval;

import dev.headroom.approval.NegotiatedDiscount.Lasting;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link NegotiatedDiscount} as GraphQL can say it: a reduction is whichever of two fields is given. */
record NegotiatedDiscountInput(@Nullable BigDecimal percentOff, @Nullable Amount amountOff, Lasting duration, @Nullable Integer months) {

    private static final String PATH = "input.discount.";

    record Amount(long minor, String currency) {

        Money money() {
            return Money.of(minor, currency);
        }
    }

    NegotiatedDiscount discount() {
        return new NegotiatedDiscount(reduction(), term());
    }

    /** Whatever the pricing core refuses is refused with its own words, at this path. */
    private Reduction reduction() {
        if ((percentOff == null) == (amountOff == null)) {
            throw HeadroomException.invalid(PATH + "percentOff", "Give either percentOff or amountOff");
        }
        try {
            return percentOff == null ? new AmountOff(Objects.requireNonNull(amountOff).money()) : new PercentOff(percentOff);
        } catch (IllegalArgumentException refused) {
            throw HeadroomException.invalid(
                    PATH + (percentOff == null ? "amountOff" : "percentOff"), Objects.requireNonNullElse(refused.getMessage(), "This reduction is not possible"));
        }
    }

    private Term term() {
        if (months != null && duration != Lasting.MONTHS) {
            throw HeadroomException.invalid(PATH + "months", "Only the duration MONTHS has a number of months");
        }
        return switch (duration) {
            case ONCE -> new Term.Once();
            case FOREVER -> new Term.Forever();
            case MONTHS -> new Term.Repeating((int) Check.between(PATH + "months", Check.present(PATH + "months", months), 1, Integer.MAX_VALUE));
        };
    }
}
