package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;

import com.stripe.StripeClient;
import com.stripe.model.Price;
import com.stripe.net.RequestOptions;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CouponUpdateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.PriceUpdateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.ProductUpdateParams;
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

    /** In the metadata of a product: our id of its plan. */
    static final String MADE_FOR = "headroom_plan";

    private final StripeClient stripe;

    StripeCatalogGateway(StripeClient stripe) {
        this.stripe = stripe;
    }

    /**
     * Makes a product, which is what Stripe calls a plan, and returns its id.
     *
     * @param reason what tells it from one that was made before; empty for the first
     */
    public String createProduct(String name, UUID plan, String reason) {
        ProductCreateParams parameters =
                ProductCreateParams.builder().setName(name).putMetadata(MADE_FOR, plan.toString()).build();
        return call(() -> stripe.v1().products().create(parameters, key("product:" + plan + reason))).getId();
    }

    public void renameProduct(String product, String name) {
        call(() -> stripe.v1().products().update(product, ProductUpdateParams.builder().setName(name).build()));
    }

    /** Lets a product be sold again that was archived. */
    public void reviveProduct(String product) {
        call(() -> stripe.v1().products().update(product, ProductUpdateParams.builder().setActive(true).build()));
    }

    /** The price that was made for one of ours, found by its lookup key. */
    public Optional<String> findPrice(UUID price) {
        PriceListParams parameters = PriceListParams.builder().addLookupKey(price.toString()).setLimit(1L).build();
        return call(() -> stripe.v1().prices().list(parameters)).getData().stream().findFirst().map(Price::getId);
    }

    /** Makes a price of a product and returns its id. */
    public String createPrice(String product, UUID id, dev.headroom.pricing.Price price) {
        return call(() -> stripe.v1().prices().create(price(product, id, price).build(), key("price:" + id))).getId();
    }

    /**
     * Makes a price in the place of another one, from which it takes the lookup key in the same moment, and returns its id.
     *
     * @param reason what makes it another one than that which was made before; the same again makes no second one
     */
    public String replacePrice(String product, UUID id, dev.headroom.pricing.Price price, UUID reason) {
        PriceCreateParams parameters = price(product, id, price).setTransferLookupKey(true).build();
        return call(() -> stripe.v1().prices().create(parameters, key("price:" + id + ":" + reason))).getId();
    }

    private static PriceCreateParams.Builder price(String product, UUID id, dev.headroom.pricing.Price price) {
        PriceCreateParams.Builder parameters = PriceCreateParams.builder()
                .setProduct(product)
                .setCurrency(price.currency().getCurrencyCode().toLowerCase(Locale.ROOT))
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(interval(price.interval())).build())
                .setLookupKey(id.toString());
        charge(parameters, price.model());
        return parameters;
    }

    /** Lets a price be sold, or not any more; subscriptions that have it keep it. */
    public void sell(String price, boolean active) {
        call(() -> stripe.v1().prices().update(price, PriceUpdateParams.builder().setActive(active).build()));
    }

    /** Gives a price the lookup key of one of ours, whichever has it now. */
    public void mark(String price, UUID id) {
        PriceUpdateParams parameters = PriceUpdateParams.builder().setLookupKey(id.toString()).setTransferLookupKey(true).build();
        call(() -> stripe.v1().prices().update(price, parameters));
    }

    private static void charge(PriceCreateParams.Builder parameters, ChargeModel model) {
        switch (model) {
            case ChargeModel.Flat flat -> parameters.setUnitAmount(flat.fee().minor());
            case ChargeModel.PerSeat perSeat -> parameters.putExtraParam(StripeTerms.UNIT_PRICE, StripeTerms.decimal(perSeat.seat()));
            case ChargeModel.Volume volume -> tiered(parameters, PriceCreateParams.TiersMode.VOLUME, volume.tiers());
            case ChargeModel.Graduated graduated -> tiered(parameters, PriceCreateParams.TiersMode.GRADUATED, graduated.tiers());
            case ChargeModel.Packaged packaged -> parameters
                    .putExtraParam(StripeTerms.UNIT_PRICE, StripeTerms.decimal(packaged.each()))
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
                .putExtraParam(StripeTerms.UNIT_PRICE, StripeTerms.decimal(tier.unit()))
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
     *
     * @param reason what tells it from one that was made before; empty for the first
     */
    public String createCoupon(UUID offer, String name, Reduction reduction, Term term, String reason) {
        return made(coupon(offer, name, reduction, term), offer, "coupon:" + offer + reason);
    }

    /** Discounts that came of it go on as they are. */
    public void deleteCoupon(String coupon) {
        try {
            call(() -> stripe.v1().coupons().delete(coupon));
        } catch (StripeRefusedException refused) {
            if (!"resource_missing".equals(refused.code())) {
                throw refused;
            }
        }
    }

    public void renameCoupon(String coupon, String name) {
        call(() -> stripe.v1().coupons().update(coupon, CouponUpdateParams.builder().setName(couponName(name)).build()));
    }

    /** As much of an offer's name as Stripe takes. */
    public static String couponName(String name) {
        return name.length() > LONGEST_COUPON_NAME ? name.substring(0, LONGEST_COUPON_NAME - 1) + "…" : name;
    }

    private static CouponCreateParams coupon(UUID offer, String name, Reduction reduction, Term term) {
        CouponCreateParams.Builder parameters = CouponCreateParams.builder()
                .setId(offer.toString())
                .setName(couponName(name))
                .putMetadata("headroom_offer", offer.toString());
        reduce(parameters, reduction);
        last(parameters, term);
        return parameters.build();
    }

    private String made(CouponCreateParams parameters, UUID offer, String idempotencyKey) {
        try {
            return call(() -> stripe.v1().coupons().create(parameters, key(idempotencyKey))).getId();
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
