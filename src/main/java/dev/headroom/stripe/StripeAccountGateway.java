package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;
import static java.util.stream.Collectors.toSet;

import com.stripe.StripeClient;
import com.stripe.model.Coupon;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import com.stripe.model.Subscription;
import com.stripe.param.CouponListParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.ProductListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionRetrieveParams;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.pricing.Price;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What one account at Stripe has, read in pages of a hundred. Nothing is changed by it. */
@Component
public class StripeAccountGateway {

    private static final long PAGE = 100;
    private static final List<String> WITH_SUBSCRIPTIONS =
            List.of("data.customer", "data.latest_invoice", "data.discounts.source.coupon", "data.items.data.discounts", "data.schedule");

    private final StripeClient stripe;

    StripeAccountGateway(StripeClient stripe) {
        this.stripe = stripe;
    }

    /** @param next where the page after this one begins; absent for the last one */
    public record Page<T>(List<T> data, @Nullable String next) {}

    /**
     * What stands for a plan.
     *
     * @param madeFor our id of the plan that it was made for; absent for one that we did not make
     */
    public record ProductAtStripe(String id, String name, String description, boolean active, @Nullable String madeFor) {}

    /**
     * @param terms   what it asks, in our words; absent where we have none for it
     * @param unknown why there are none
     * @param overage whether it bills what is used past our limits
     */
    public record PriceAtStripe(
            String id, String product, @Nullable String lookupKey, boolean active, Instant createdAt, @Nullable Price terms, @Nullable String unknown,
            boolean overage) {}

    /**
     * @param reduction, term what it does; absent where we have no words for it
     * @param products  whose items alone it reduces; none is all
     */
    public record CouponAtStripe(String id, String name, @Nullable Reduction reduction, Term term, List<String> products) {}

    public record CustomerAtStripe(String id, String name, String email, @Nullable String currency, @Nullable String country, Map<String, String> metadata) {}

    /** Everything that is sold at Stripe, what is sold no more too. */
    public record Catalogue(List<ProductAtStripe> products, List<PriceAtStripe> prices, List<CouponAtStripe> coupons) {}

    /** Without what bills overage, which is made, found and used by its own means. */
    public Catalogue catalogue() {
        List<PriceAtStripe> prices = all(this::prices);
        Set<String> sold = prices.stream().filter(price -> !price.overage()).map(PriceAtStripe::product).collect(toSet());
        Set<String> overage = prices.stream().map(PriceAtStripe::product).filter(product -> !sold.contains(product)).collect(toSet());
        return new Catalogue(
                all(this::products).stream().filter(product -> !overage.contains(product.id())).toList(),
                prices.stream().filter(price -> !price.overage()).toList(), all(this::coupons));
    }

    /** @param after as the page before says; absent for the first one */
    public Page<ProductAtStripe> products(@Nullable String after) {
        ProductListParams.Builder parameters = ProductListParams.builder().setLimit(PAGE);
        if (after != null) {
            parameters.setStartingAfter(after);
        }
        return page(call(() -> stripe.v1().products().list(parameters.build())), StripeTerms::product);
    }

    public Page<PriceAtStripe> prices(@Nullable String after) {
        PriceListParams.Builder parameters = PriceListParams.builder().setLimit(PAGE).addExpand("data.tiers");
        if (after != null) {
            parameters.setStartingAfter(after);
        }
        return page(call(() -> stripe.v1().prices().list(parameters.build())), StripeTerms::price);
    }

    public Page<CouponAtStripe> coupons(@Nullable String after) {
        CouponListParams.Builder parameters = CouponListParams.builder().setLimit(PAGE).addExpand("data.applies_to");
        if (after != null) {
            parameters.setStartingAfter(after);
        }
        return page(call(() -> stripe.v1().coupons().list(parameters.build())), StripeTerms::coupon);
    }

    public Page<CustomerAtStripe> customers(@Nullable String after) {
        CustomerListParams.Builder parameters = CustomerListParams.builder().setLimit(PAGE);
        if (after != null) {
            parameters.setStartingAfter(after);
        }
        return page(call(() -> stripe.v1().customers().list(parameters.build())), StripeTerms::customer);
    }

    /** Whether it is there and was not deleted, which Stripe goes on telling of. */
    public boolean hasCustomer(String id) {
        try {
            return !Boolean.TRUE.equals(call(() -> stripe.v1().customers().retrieve(id)).getDeleted());
        } catch (StripeRefusedException refused) {
            if (refused.code().equals("resource_missing")) {
                return false;
            }
            throw refused;
        }
    }

    /** Those that have not ended, each with the state of its latest invoice but without the lines, of which a list shows the first only. */
    public Page<StripeSubscription> subscriptions(@Nullable String after) {
        SubscriptionListParams.Builder parameters = SubscriptionListParams.builder().setLimit(PAGE).addAllExpand(WITH_SUBSCRIPTIONS);
        if (after != null) {
            parameters.setStartingAfter(after);
        }
        Map<String, Optional<Coupon.AppliesTo>> products = new HashMap<>();
        return page(call(() -> stripe.v1().subscriptions().list(parameters.build())), source -> subscription(source, products));
    }

    private StripeSubscription subscription(Subscription source, Map<String, Optional<Coupon.AppliesTo>> products) {
        Optional.ofNullable(source.getDiscountObjects()).orElse(List.of()).stream().map(each -> each.getSource().getCouponObject())
                .forEach(coupon -> coupon.setAppliesTo(products.computeIfAbsent(coupon.getId(), id -> products(source, id)).orElse(null)));
        return StripeReading.subscription(
                StripePages.whole(stripe, source), source.getLatestInvoiceObject() == null ? null : StripeReading.invoice(source.getLatestInvoiceObject(), List.of()));
    }

    /** In a list this is too deep for Stripe to expand; a coupon that was deleted is told of by what came of it alone. */
    private Optional<Coupon.AppliesTo> products(Subscription discounted, String coupon) {
        SubscriptionRetrieveParams parameters = SubscriptionRetrieveParams.builder().addExpand(StripeTerms.DISCOUNTED_PRODUCTS).build();
        return call(() -> stripe.v1().subscriptions().retrieve(discounted.getId(), parameters)).getDiscountObjects().stream()
                .map(each -> each.getSource().getCouponObject()).filter(each -> each.getId().equals(coupon)).findFirst().map(Coupon::getAppliesTo);
    }

    private static <S extends HasId, T> Page<T> page(StripeCollection<S> read, Function<S, T> reading) {
        List<S> data = read.getData();
        return new Page<>(data.stream().map(reading).toList(), read.getHasMore() && !data.isEmpty() ? data.getLast().getId() : null);
    }

    private static <T> List<T> all(Function<@Nullable String, Page<T>> pages) {
        List<T> all = new ArrayList<>();
        Page<T> page = pages.apply(null);
        all.addAll(page.data());
        while (page.next() != null) {
            page = pages.apply(page.next());
            all.addAll(page.data());
        }
        return all;
    }
}
