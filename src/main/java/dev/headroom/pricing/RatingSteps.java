package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel.Packaged;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.Rating.Step;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/** The sentences and values that a rating is made of. */
final class RatingSteps {

    private RatingSteps() {}

    static Step fee(String what, Money fee) {
        return new Step(what + " " + fee, BigDecimal.valueOf(fee.minor()));
    }

    static Step none(Money fee) {
        return new Step("0 × flat fee " + fee, BigDecimal.ZERO);
    }

    static Step units(long units, UnitPrice each) {
        return new Step(units + " × " + each, each.times(units));
    }

    static List<Step> volume(Tier tier, long quantity) {
        return withFee(tier, units(quantity, tier.unit())).toList();
    }

    static List<Step> graduated(List<Tiers.Slice> slices) {
        return slices.stream().flatMap(slice -> withFee(slice.tier(), units(slice))).toList();
    }

    static Step packages(Packaged packaged, long quantity) {
        long packages = Math.ceilDiv(quantity, packaged.size());
        String what = quantity + " in packages of " + packaged.size() + ": " + packages + " × " + packaged.each();
        return new Step(what, packaged.each().times(packages));
    }

    private static Step units(Tiers.Slice slice) {
        Step units = units(slice.units(), slice.tier().unit());
        if (slice.units() == 0) {
            return units;
        }
        long last = slice.from() + slice.units() - 1;
        return new Step("Units " + slice.from() + " to " + last + ": " + units.explanation(), units.exact());
    }

    private static Stream<Step> withFee(Tier tier, Step units) {
        return tier.flatFee().isZero() ? Stream.of(units) : Stream.of(units, fee("Tier fee", tier.flatFee()));
    }
}
