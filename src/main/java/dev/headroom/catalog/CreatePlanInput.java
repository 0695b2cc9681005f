package dev.headroom.catalog;

import dev.headroom.catalog.CreatePlan.NewEntitlement;
import dev.headroom.error.HeadroomException;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.Finding;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.PriceLine.PackageLine;
import dev.headroom.sheet.PriceLine.TierLine;
import dev.headroom.sheet.SheetRules;
import dev.headroom.sheet.Visibility;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@link CreatePlan} as GraphQL can say it: a charge model is whichever of five fields is given. */
record CreatePlanInput(
        String idempotencyKey, String product, String key, String name, @Nullable String description, int rank, List<NewPrice> prices,
        List<NewEntitlement> entitlements, @Nullable Visibility visibility) {

    CreatePlan command() {
        return new CreatePlan(idempotencyKey, product, key, name, description, rank, NewPrice.all(prices), entitlements, visibility, null);
    }

    record NewPrice(
            Interval interval, String currency, @Nullable Long flat, @Nullable BigDecimal perSeat, @Nullable List<NewTier> volume,
            @Nullable List<NewTier> graduated, @Nullable NewPackage packaged) {

        static List<Price> all(List<NewPrice> prices) {
            return IntStream.range(0, prices.size()).mapToObj(i -> prices.get(i).price("input.prices[" + i + "]")).toList();
        }

        /** Whatever is wrong in it is refused at this path. */
        private Price price(String path) {
            PriceLine line = line();
            SheetRules.prices(List.of(line)).stream().filter(Finding::blocks).findFirst().ifPresent(first -> {
                throw HeadroomException.invalid(path, first.message());
            });
            return line.price().orElseThrow();
        }

        private PriceLine line() {
            return new PriceLine(
                    "", interval, currency, null, flat, text(perSeat), tiers(volume), tiers(graduated),
                    packaged == null ? null : new PackageLine(packaged.size(), text(packaged.each())));
        }

        private static @Nullable List<TierLine> tiers(@Nullable List<NewTier> tiers) {
            return tiers == null ? null : tiers.stream().map(tier -> new TierLine(tier.upTo(), text(tier.unit()), tier.fee())).toList();
        }

        private static @Nullable String text(@Nullable BigDecimal number) {
            return number == null ? null : number.toString();
        }
    }

    record NewTier(@Nullable Long upTo, @Nullable BigDecimal unit, @Nullable Long fee) {}

    record NewPackage(long size, BigDecimal each) {}
}
