package dev.headroom.catalog;

import dev.headroom.catalog.CreatePlan.NewEntitlement;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Currencies;
import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.Price;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link CreatePlan} as GraphQL can say it: a charge model is whichever of five fields is given. */
record CreatePlanInput(
        String idempotencyKey, String product, String key, String name, @Nullable String description, int rank, List<NewPrice> prices,
        List<NewEntitlement> entitlements) {

    CreatePlan command() {
        return new CreatePlan(idempotencyKey, product, key, name, description, rank, NewPrice.all(prices), entitlements);
    }

    record NewPrice(
            Interval interval, String currency, @Nullable Long flat, @Nullable BigDecimal perSeat, @Nullable List<NewTier> volume,
            @Nullable List<NewTier> graduated, @Nullable NewPackage packaged) {

        static List<Price> all(List<NewPrice> prices) {
            return IntStream.range(0, prices.size()).mapToObj(i -> prices.get(i).price("input.prices[" + i + "]")).toList();
        }

        /** Whatever the pricing core refuses is refused with its own words, at this path. */
        private Price price(String path) {
            try {
                Currency known = Currencies.parse(currency);
                return new Price(interval, known, model(path, known));
            } catch (IllegalArgumentException refused) {
                throw HeadroomException.invalid(path, Objects.requireNonNullElse(refused.getMessage(), "This price is not possible"));
            }
        }

        private ChargeModel model(String path, Currency known) {
            List<ChargeModel> given = Stream.of(
                            Optional.ofNullable(flat).map(fee -> (ChargeModel) new ChargeModel.Flat(new Money(fee, known))),
                            Optional.ofNullable(perSeat).map(seat -> (ChargeModel) new ChargeModel.PerSeat(new UnitPrice(seat, known))),
                            Optional.ofNullable(volume).map(tiers -> (ChargeModel) new ChargeModel.Volume(tiers(tiers, known))),
                            Optional.ofNullable(graduated).map(tiers -> (ChargeModel) new ChargeModel.Graduated(tiers(tiers, known))),
                            Optional.ofNullable(packaged).map(each -> (ChargeModel)
                                    new ChargeModel.Packaged(each.size(), new UnitPrice(each.each(), known))))
                    .flatMap(Optional::stream)
                    .toList();
            Check.between(path + " (how many of flat, perSeat, volume, graduated, packaged)", given.size(), 1, 1);
            return given.getFirst();
        }

        private static List<Tier> tiers(List<NewTier> tiers, Currency known) {
            return tiers.stream().map(tier -> tier.tier(known)).toList();
        }
    }

    record NewTier(@Nullable Long upTo, @Nullable BigDecimal unit, @Nullable Long fee) {

        Tier tier(Currency known) {
            return new Tier(
                    upTo, new UnitPrice(Objects.requireNonNullElse(unit, BigDecimal.ZERO), known), new Money(Objects.requireNonNullElse(fee, 0L), known));
        }
    }

    record NewPackage(long size, BigDecimal each) {}
}
