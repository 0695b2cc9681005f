package dev.headroom.demo;

import dev.headroom.bundle.CreateBundle;
import dev.headroom.bundle.CreateBundle.NewMember;
import dev.headroom.catalog.CreateAddOn;
import dev.headroom.catalog.CreateAddOn.NewAddOnEntitlement;
import dev.headroom.catalog.CreatePlan;
import dev.headroom.catalog.CreatePlan.NewEntitlement;
import dev.headroom.catalog.CreateProduct;
import dev.headroom.catalog.CreateProduct.NewFeature;
import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.pricing.Price;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code demo/catalog.json}: what the demo vendor sells. Every price is by the month; the year costs ten times as much. */
record CatalogFile(List<SoldProduct> products, List<SoldOffer> offers, List<SoldBundle> bundles) {

    private static final int MONTHS_PAID_A_YEAR = 10;

    record SoldProduct(String key, String name, String description, List<NewFeature> features, List<SoldPlan> plans, List<SoldAddOn> addOns) {}

    record SoldPlan(
            String key, String name, String description, int rank, Map<String, Rate> monthly, List<NewEntitlement> entitlements) {}

    record SoldAddOn(
            String key, String name, String description, int rank, Map<String, Rate> monthly, List<NewAddOnEntitlement> entitlements) {}

    /**
     * A percentage off for some months, to be had for some days by those who are customers already.
     *
     * @param begunDays before the end of the history
     * @param cap       how many can have it; absent is everybody
     */
    record SoldOffer(
            String key, String product, String name, BigDecimal percentOff, int months, int begunDays, int days, List<String> plans, @Nullable Integer cap) {

        private CreateOffer until(Instant end) {
            Instant from = end.minus(Duration.ofDays(begunDays));
            return new CreateOffer(
                    "demo:offer:" + key, product, key, name, new PercentOff(percentOff), new Term.Repeating(months), from, from.plus(Duration.ofDays(days)),
                    plans, true, cap);
        }
    }

    /**
     * Products that cost less together.
     *
     * @param full    those that only have to be there
     * @param reduced those that cost less
     */
    record SoldBundle(String key, String name, BigDecimal percentOff, List<String> full, List<String> reduced) {

        private CreateBundle bundle() {
            return new CreateBundle(
                    "demo:bundle:" + key, key, name, percentOff,
                    Stream.concat(full.stream().map(each -> new NewMember(each, null, false)), reduced.stream().map(each -> new NewMember(each, null, true))).toList(),
                    null, null);
        }
    }

    /** Either a flat fee, or so much for each, or tiers of which the quantity pays one; in minor units. */
    record Rate(@Nullable Long flat, @Nullable BigDecimal each, @Nullable List<RateTier> volume) {

        private ChargeModel model(Currency currency, int months) {
            if (flat != null) {
                return new ChargeModel.Flat(new Money(flat * months, currency));
            }
            return each != null
                    ? new ChargeModel.PerSeat(new UnitPrice(each.multiply(BigDecimal.valueOf(months)), currency))
                    : new ChargeModel.Volume(Objects.requireNonNull(volume).stream().map(tier -> tier.tier(currency, months)).toList());
        }
    }

    record RateTier(@Nullable Long upTo, @Nullable Long fee, @Nullable BigDecimal unit) {

        private ChargeModel.Tier tier(Currency currency, int months) {
            BigDecimal each = Objects.requireNonNullElse(unit, BigDecimal.ZERO).multiply(BigDecimal.valueOf(months));
            return new ChargeModel.Tier(upTo, new UnitPrice(each, currency), new Money(Objects.requireNonNullElse(fee, 0L) * months, currency));
        }
    }

    List<CreateProduct> newProducts() {
        return products.stream()
                .map(sold -> new CreateProduct("demo:product:" + sold.key(), sold.key(), sold.name(), sold.description(), sold.features()))
                .toList();
    }

    List<CreateBundle> newBundles() {
        return bundles.stream().map(SoldBundle::bundle).toList();
    }

    List<CreatePlan> newPlans() {
        return products.stream().flatMap(product -> product.plans().stream().map(plan -> newPlan(product, plan))).toList();
    }

    List<CreateAddOn> newAddOns() {
        return products.stream().flatMap(product -> product.addOns().stream().map(addOn -> newAddOn(product, addOn))).toList();
    }

    /** @param end of the history */
    List<CreateOffer> newOffers(Instant end) {
        return offers.stream().map(offer -> offer.until(end)).toList();
    }

    private static CreateAddOn newAddOn(SoldProduct product, SoldAddOn addOn) {
        return new CreateAddOn(
                "demo:add-on:" + addOn.key(), product.key(), addOn.key(), addOn.name(), addOn.description(), addOn.rank(), prices(addOn.monthly()),
                addOn.entitlements(), null, null);
    }

    private static CreatePlan newPlan(SoldProduct product, SoldPlan plan) {
        return new CreatePlan(
                "demo:plan:" + plan.key(), product.key(), plan.key(), plan.name(), plan.description(), plan.rank(), prices(plan.monthly()),
                plan.entitlements(), null, null);
    }

    private static List<Price> prices(Map<String, Rate> monthly) {
        return monthly.keySet().stream()
                .sorted()
                .flatMap(code -> Stream.of(price(monthly, code, Interval.MONTH, 1), price(monthly, code, Interval.YEAR, MONTHS_PAID_A_YEAR)))
                .toList();
    }

    private static Price price(Map<String, Rate> monthly, String code, Interval interval, int months) {
        Currency currency = Currency.getInstance(code);
        return new Price(interval, currency, Objects.requireNonNull(monthly.get(code)).model(currency, months));
    }
}
