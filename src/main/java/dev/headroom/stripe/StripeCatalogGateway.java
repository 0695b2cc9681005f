package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;

import com.stripe.StripeClient;
import com.stripe.model.Price;
import com.stripe.net.RequestOptions;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.ProductCreateParams;
import dev.headroom.money.Money;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes the objects at Stripe that stand for plans, prices and offers. */
@Component
public class StripeCatalogGateway {

    /** Stripe's bound for the name of a coupon, which is on every invoice line that it reduces. */
    private static final int LONGEST_COUPON_NAME = 40;

    private final StripeClient stripe;

    StripeCatalogGateway(StripeClient stripe) {
        this.stripe = stripe;
    }

    /** Makes a product, which is what Stripe calls a plan, and returns its id. */
    public String createProduct(String name, UUID plan) {
        ProductCreateParams parameters =
                ProductCreateParams.builder().setName(name).putMetadata("headroom_plan", plan.toString()).build();
        return call(() -> stripe.v1().products().create(parameters, key("product:" + plan))).getId();
    }

    /** The price that was made for one of ours, found by its lookup key. */
    public Optional<String> findPrice(UUID price) {
        PriceListParams parameters = PriceListParams.builder().addLookupKey(price.toString()).setLimit(1L).build();
        return call(() -> stripe.v1().prices().list(parameters)).getData().stream().findFirst().map(Price::getId);
    }

    /** Makes a price of a product and returns its id. */
    public String createPrice(String product, UUID id, dev.headroom.pricing.Price price) {
        PriceCreateParams.Builder parameters = PriceCreateParams.builder()
                .setProduct(product)
                .setCurrency(price.currency().getCurrencyCode().toLowerCase(Locale.ROOT))
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(interval(price.interval())).build())
                .setLookupKey(id.toString());
        charge(parameters, price.model());
        return call(() -> stripe.v1().prices().create(parameters.build(), key("price:" + id))).getId();
    }

    private static void charge(PriceCreateParams.Builder parameters, ChargeModel model) {
        switch (model) {
            case ChargeModel.Flat flat -> parameters.setUnitAmount(flat.fee().minor());
            case ChargeModel.PerSeat perSeat -> parameters.setUnitAmountDecimal(perSeat.seat().minor());
            case ChargeModel.Volume volume -> tiered(parameters, PriceCreateParams.TiersMode.VOLUME, volume.tiers());
            case ChargeModel.Graduated graduated -> tiered(parameters, PriceCreateParams.TiersMode.GRADUATED, graduated.tiers());
            case ChargeModel.Packaged packaged -> parameters
                    .setUnitAmountDecimal(packaged.each().minor())
                    .setTransformQuantity(PriceCreateParams.TransformQuantity.builder()
                            .setDivideBy(packaged.size())
                            .setRound(PriceCreateParams.TransformQuantity.Round.UP)
                            .build());
        }
    }

    private static void tiered(PriceCreateParams.Builder parameters, PriceCreateParams.TiersMode mode, List<Tier> tiers) {
        parameters.setBillingScheme(PriceCreateParams.BillingScheme.TIERED).setTiersMode(mode);
        tiers.forEach(tier -> parameters.addTier(tier(tier)));
    }

    private static PriceCreateParams.Tier tier(Tier tier) {
        PriceCreateParams.Tier.Builder builder = PriceCreateParams.Tier.builder()
                .setUnitAmountDecimal(tier.unit().minor())
                .setFlatAmountDecimal(BigDecimal.valueOf(tier.flatFee().minor()));
        return tier.upTo() == null ? builder.setUpTo(PriceCreateParams.Tier.UpTo.INF).build() : builder.setUpTo(tier.upTo()).build();
    }

    private static PriceCreateParams.Recurring.Interval interval(Interval interval) {
        return switch (interval) {
            case MONTH -> PriceCreateParams.Recurring.Interval.MONTH;
            case YEAR -> PriceCreateParams.Recurring.Interval.YEAR;
        };
    }

    /**
     * Makes the coupon of an offer, or finds it made, and returns its id. It has neither an end nor a bound: who may take an offer, and when, is
     * decided here, also where Stripe is asked a moment later.
     */
    public String createCoupon(UUID offer, String name, Reduction reduction, Term term) {
        CouponCreateParams.Builder parameters = CouponCreateParams.builder()
                .setId(offer.toString())
                .setName(name.length() > LONGEST_COUPON_NAME ? name.substring(0, LONGEST_COUPON_NAME - 1) + "…" : name)
                .putMetadata("headroom_offer", offer.toString());
        reduce(parameters, reduction);
        last(parameters, term);
        try {
            return call(() -> stripe.v1().coupons().create(parameters.build(), key("coupon:" + offer))).getId();
        } catch (StripeRefusedException refused) {
            if (!"resource_already_exists".equals(refused.code())) {
                throw refused;
            }
            return offer.toString();
        }
    }

    private static void reduce(CouponCreateParams.Builder parameters, Reduction reduction) {
        switch (reduction) {
            // Stripe reads 20 and not 2E+1.
            case PercentOff(BigDecimal percent) -> parameters.setPercentOff(new BigDecimal(percent.toPlainString()));
            case AmountOff(Money amount) -> parameters.setAmountOff(amount.minor()).setCurrency(amount.currency().getCurrencyCode().toLowerCase(Locale.ROOT));
        }
    }

    private static void last(CouponCreateParams.Builder parameters, Term term) {
        switch (term) {
            case Term.Once _ -> parameters.setDuration(CouponCreateParams.Duration.ONCE);
            case Term.Repeating(int months) -> parameters.setDuration(CouponCreateParams.Duration.REPEATING).setDurationInMonths((long) months);
            case Term.Forever _ -> parameters.setDuration(CouponCreateParams.Duration.FOREVER);
        }
    }

    private static RequestOptions key(String idempotencyKey) {
        return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
    }
}
