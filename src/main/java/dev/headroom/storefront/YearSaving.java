package dev.headroom.storefront;

import dev.headroom.money.Money;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.Price;
import dev.headroom.pricing.Rating;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much less a year costs by the year than by the month.
 *
 * @param percent the least that it is whatever is bought, cut to a whole number and not rounded, so that nobody is promised more; at least 1
 * @param uniform whether it is the same part of the price whatever is bought
 * @param amount  what one of it, or the whole where the quantity does not matter, costs less in a year; absent where the part is not the same for all
 */
public record YearSaving(int percent, boolean uniform, @Nullable Money amount) {

    private static final BigDecimal MONTHS = BigDecimal.valueOf(12);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DIGITS = 12;

    /** Empty where some quantity costs nothing less. */
    static Optional<YearSaving> of(Price month, Price year) {
        List<BigDecimal> parts = quantities(month, year).mapToObj(quantity -> part(twelve(month, quantity), year.rate(quantity).exact()))
                .flatMap(Optional::stream).toList();
        BigDecimal least = parts.stream().min(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
        int percent = least.setScale(0, RoundingMode.FLOOR).intValue();
        if (percent < 1) {
            return Optional.empty();
        }
        boolean uniform = parts.stream().allMatch(part -> part.compareTo(least) == 0);
        return Optional.of(new YearSaving(percent, uniform, uniform ? month.rate(1).amount().times(MONTHS.longValue()).minus(year.rate(1).amount()) : null));
    }

    private static BigDecimal twelve(Price month, long quantity) {
        return month.rate(quantity).exact().multiply(MONTHS);
    }

    /** In percent; empty where both are free, which says nothing. */
    private static Optional<BigDecimal> part(BigDecimal byMonth, BigDecimal byYear) {
        if (byMonth.signum() == 0) {
            return byYear.signum() == 0 ? Optional.empty() : Optional.of(BigDecimal.ZERO);
        }
        return Optional.of(byMonth.subtract(byYear).multiply(HUNDRED).divide(byMonth, DIGITS, RoundingMode.FLOOR));
    }

    /** Between two ends of tiers both prices are straight lines, so that the part is largest and smallest at such an end; of packages, at the first of each. */
    private static LongStream quantities(Price month, Price year) {
        return LongStream.concat(LongStream.of(1, Rating.MOST_UNITS), Stream.of(month, year).flatMapToLong(price -> turns(price.model())))
                .filter(quantity -> quantity >= 1 && quantity <= Rating.MOST_UNITS).distinct();
    }

    private static LongStream turns(ChargeModel model) {
        return switch (model) {
            case ChargeModel.Flat _, ChargeModel.PerSeat _ -> LongStream.empty();
            case ChargeModel.Volume volume -> ends(volume.tiers());
            case ChargeModel.Graduated graduated -> ends(graduated.tiers());
            case ChargeModel.Packaged packaged -> LongStream.of(packaged.size(), packaged.size() + 1);
        };
    }

    private static LongStream ends(List<Tier> tiers) {
        return tiers.stream().map(Tier::upTo).flatMapToLong(upTo -> upTo == null ? LongStream.empty() : LongStream.of(upTo, upTo + 1));
    }
}
