package dev.headroom.stripe;

import com.stripe.model.Coupon;
import com.stripe.model.Customer;
import com.stripe.model.Price;
import com.stripe.model.Product;
import dev.headroom.money.Currencies;
import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import dev.headroom.money.UnsupportedCurrencyException;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.stripe.StripeAccountGateway.CouponAtStripe;
import dev.headroom.stripe.StripeAccountGateway.CustomerAtStripe;
import dev.headroom.stripe.StripeAccountGateway.PriceAtStripe;
import dev.headroom.stripe.StripeAccountGateway.ProductAtStripe;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is sold at Stripe, and to whom, into our words; what we have no words for is named. */
final class StripeTerms {

    /** Why a price of Stripe's is none of ours. */
    private static final class NoWords extends Exception {
        NoWords(String why) {
            super(why);
        }
    }

    /** What Stripe must send along of a subscription so that its discounts tell what they are, and of which products. */
    static final String DISCOUNTED_PRODUCTS = "discounts.source.coupon.applies_to";

    /** What a unit costs, as {@link #decimal} writes it. */
    static final String UNIT_PRICE = "unit_amount_decimal";

    private StripeTerms() {}

    /** As Stripe takes it; its client would write 1E-12 for a price as small as that. */
    static String decimal(UnitPrice price) {
        return price.minor().toPlainString();
    }

    static ProductAtStripe product(Product source) {
        return new ProductAtStripe(
                source.getId(), source.getName(), Optional.ofNullable(source.getDescription()).orElse(""), Boolean.TRUE.equals(source.getActive()),
                Optional.ofNullable(source.getMetadata()).map(metadata -> metadata.get(StripeCatalogGateway.MADE_FOR)).orElse(null));
    }

    static PriceAtStripe price(Price source) {
        dev.headroom.pricing.@Nullable Price terms = null;
        @Nullable String unknown = null;
        try {
            terms = terms(source);
        } catch (NoWords none) {
            unknown = none.getMessage();
        } catch (IllegalArgumentException refused) {
            unknown = refused.getMessage();
        }
        return new PriceAtStripe(
                source.getId(), source.getProduct(), source.getLookupKey(), Boolean.TRUE.equals(source.getActive()),
                Instant.ofEpochSecond(source.getCreated()), terms, unknown,
                Optional.ofNullable(source.getMetadata()).orElse(Map.of()).containsKey(StripeMeterGateway.OVERAGE));
    }

    private static dev.headroom.pricing.Price terms(Price source) throws NoWords {
        Price.Recurring recurring = source.getRecurring();
        if (recurring == null) {
            throw new NoWords("It is charged once and does not recur");
        }
        if ("metered".equals(recurring.getUsageType())) {
            throw new NoWords("It is metered: what it costs is known at the end of a period only");
        }
        Currency currency = Currencies.parse(source.getCurrency());
        return new dev.headroom.pricing.Price(interval(recurring), currency, model(source, currency));
    }

    private static Interval interval(Price.Recurring recurring) throws NoWords {
        String every = recurring.getIntervalCount() + " " + recurring.getInterval();
        return switch (every) {
            case "1 month" -> Interval.MONTH;
            case "1 year", "12 month" -> Interval.YEAR;
            case String other -> throw new NoWords("It is billed every " + other + "; every month and every year are known");
        };
    }

    private static ChargeModel model(Price source, Currency currency) throws NoWords {
        if ("tiered".equals(source.getBillingScheme())) {
            return tiered(source, currency);
        }
        UnitPrice unit = new UnitPrice(decimal(source.getUnitAmountDecimal(), source.getUnitAmount()), currency);
        Price.TransformQuantity transform = source.getTransformQuantity();
        if (transform == null) {
            return new ChargeModel.PerSeat(unit);
        }
        if (!"up".equals(transform.getRound())) {
            throw new NoWords("Packages that were begun are not charged: it rounds down");
        }
        return new ChargeModel.Packaged(transform.getDivideBy(), unit);
    }

    private static ChargeModel tiered(Price source, Currency currency) throws NoWords {
        List<Price.Tier> told = Optional.ofNullable(source.getTiers()).orElse(List.of());
        if (told.isEmpty()) {
            throw new NoWords("Stripe does not tell its tiers");
        }
        List<Tier> tiers = told.stream().map(tier -> tier(tier, currency)).toList();
        return switch (String.valueOf(source.getTiersMode())) {
            case "volume" -> new ChargeModel.Volume(tiers);
            case "graduated" -> new ChargeModel.Graduated(tiers);
            case String other -> throw new NoWords("Tiers of an unknown mode: " + other);
        };
    }


    private static Tier tier(Price.Tier source, Currency currency) {
        BigDecimal flat = decimal(source.getFlatAmountDecimal(), source.getFlatAmount());
        if (flat.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("A tier has a fee of a fraction of a minor unit: " + flat.toPlainString());
        }
        return new Tier(
                source.getUpTo(), new UnitPrice(decimal(source.getUnitAmountDecimal(), source.getUnitAmount()), currency),
                new Money(flat.longValueExact(), currency));
    }

    private static BigDecimal decimal(@Nullable BigDecimal exact, @Nullable Long whole) {
        return exact != null ? exact : BigDecimal.valueOf(whole == null ? 0 : whole);
    }

    static CouponAtStripe coupon(Coupon source) {
        return new CouponAtStripe(
                source.getId(), Optional.ofNullable(source.getName()).orElse(source.getId()), reduction(source), term(source),
                Optional.ofNullable(source.getAppliesTo()).map(Coupon.AppliesTo::getProducts).orElse(List.of()));
    }

    private static @Nullable Reduction reduction(Coupon source) {
        try {
            return source.getAmountOff() == null
                    ? new Reduction.PercentOff(Optional.ofNullable(source.getPercentOff()).orElseThrow())
                    : new Reduction.AmountOff(new Money(source.getAmountOff(), Currencies.parse(source.getCurrency())));
        } catch (UnsupportedCurrencyException unknown) {
            return null;
        }
    }

    private static Term term(Coupon source) {
        return switch (source.getDuration()) {
            case "once" -> new Term.Once();
            case "repeating" -> new Term.Repeating(source.getDurationInMonths().intValue());
            case String forever -> new Term.Forever();
        };
    }

    static CustomerAtStripe customer(Customer source) {
        return new CustomerAtStripe(
                source.getId(), Optional.ofNullable(source.getName()).orElse(""), Optional.ofNullable(source.getEmail()).orElse(""),
                source.getCurrency(), source.getAddress() == null ? null : source.getAddress().getCountry(),
                Optional.ofNullable(source.getMetadata()).orElse(Map.of()));
    }
}
