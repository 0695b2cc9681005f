package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.money.Rounding;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel.Flat;
import dev.headroom.pricing.ChargeModel.Graduated;
import dev.headroom.pricing.ChargeModel.Packaged;
import dev.headroom.pricing.ChargeModel.PerSeat;
import dev.headroom.pricing.ChargeModel.Volume;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quantity priced for one interval. Of nothing at all, a tiered price still asks for the fee of its first tier.
 *
 * @param exact  minor units, not rounded
 * @param amount {@code exact} rounded once
 * @param steps  in order; their exact values sum to {@code exact}
 */
public record Rating(long quantity, BigDecimal exact, Money amount, List<Step> steps) {

    /** One product or fee, as a sentence for people and as an exact value in minor units. */
    public record Step(String explanation, BigDecimal exact) {}

    /**
     * Units past what is included, each at the same price: one line of an invoice.
     *
     * @param units not negative, and not bounded: more may be used than can be billed
     */
    public record Overage(long units, UnitPrice each) {

        /** The most digits of an amount that anybody is billed. */
        private static final int MOST_DIGITS = 18;

        public Currency currency() {
            return each.currency();
        }

        /** What one unit costs: minor units with up to twelve decimals. */
        public String unitMinor() {
            return each.minor().toPlainString();
        }

        /** Rounded once; absent when it is more than can be billed. */
        public @Nullable Money amount() {
            BigDecimal exact = each.times(units);
            return exact.precision() - exact.scale() > MOST_DIGITS ? null : Rounding.toMoney(exact, each.currency());
        }

        /** The calculation in minor units, as a sentence. */
        public String explanation() {
            Money amount = amount();
            BigDecimal exact = each.times(units).stripTrailingZeros();
            String minor = units + " × " + unitMinor() + " = " + exact.toPlainString();
            if (amount == null) {
                return minor + ", more than can be billed";
            }
            return minor + (exact.scale() <= 0 ? " exactly" : ", rounded to " + amount.minor()) + " (" + amount + ")";
        }
    }

    public static final long MOST_UNITS = 1_000_000_000;

    static Rating of(Price price, long quantity) {
        requireQuantity(quantity);
        List<Step> steps = steps(price.model(), quantity);
        BigDecimal exact = steps.stream().map(Step::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
        try {
            return new Rating(quantity, exact, Rounding.toMoney(exact, price.currency()), steps);
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException(quantity + " units cost more than can be billed: " + exact, overflow);
        }
    }

    static void requireQuantity(long quantity) {
        if (quantity < 0 || quantity > MOST_UNITS) {
            throw new IllegalArgumentException("A quantity is between 0 and " + MOST_UNITS + ", not " + quantity);
        }
    }

    private static List<Step> steps(ChargeModel model, long quantity) {
        return switch (model) {
            case Flat flat -> List.of(quantity == 0 ? RatingSteps.none(flat.fee()) : RatingSteps.fee("Flat fee", flat.fee()));
            case PerSeat perSeat -> List.of(RatingSteps.units(quantity, perSeat.seat()));
            case Volume volume -> RatingSteps.volume(Tiers.reached(volume.tiers(), quantity), quantity);
            case Graduated graduated -> RatingSteps.graduated(Tiers.slices(graduated.tiers(), quantity));
            case Packaged packaged -> List.of(RatingSteps.packages(packaged, quantity));
        };
    }
}
