package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.Dashboard;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.stripe.StripeAccountGateway;
import dev.headroom.stripe.StripeAccountGateway.Page;
import dev.headroom.stripe.StripeSubscription;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Somebody gives a discount at Stripe that is for some products only: what is quoted takes it off their items, and is what is charged. */
@HeadroomTest
class ProductDiscountStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    StripeAccountGateway listed;

    @Autowired
    Accounts accounts;

    private Story story;
    private Dashboard dashboard;
    private String acme;

    @BeforeEach
    void seatsAndTwoPacks() throws StripeException {
        story = stories.begin();
        dashboard = new Dashboard(stripe, accounts, story);
        acme = story.subscribed("acme", "team", 5);
        dashboard.put(acme, "seat-pack", 2);
    }

    @Test
    void onlyTheItemsOfItsProductsAreReduced() throws StripeException {
        give(coupon("30", null, product(1)));
        story.halfway(acme);

        assertThat(recurring()).isEqualTo(5 * 2_500 + 2 * 4_900 * 70 / 100);
        JsonNode quoted = story.quote(story.backend(), acme, Map.of("seats", 6)).at("/account/quote");
        assertThat(quoted.at("/recurring/after/amountMinor").asLong()).isEqualTo(6 * 2_500 + 2 * 4_900 * 70 / 100);
        JsonNode change = applied(Map.of("seats", 7));
        assertThat(change.at("/charged")).isEqualTo(change.at("/due"));
        change = applied(Map.of("addOns", List.of(Map.of("addOn", story.key("seat-pack"), "quantity", 3))));
        assertThat(change.at("/charged")).isEqualTo(change.at("/due"));
    }

    @Test
    void anAmountIsTakenOffTheItemsOfItsProductsTogether() throws StripeException {
        give(coupon(null, 3_000L, product(1)));

        assertThat(recurring()).isEqualTo(5 * 2_500 + 2 * 4_900 - 3_000);
        story.halfway(acme);
        JsonNode change = applied(Map.of("addOns", List.of(Map.of("addOn", story.key("seat-pack"), "quantity", 4))));
        assertThat(change.at("/charged")).isEqualTo(change.at("/due"));
    }

    @Test
    void whatIsForProductsOfOthersReducesNothingHere() throws StripeException {
        String others = stripe.v1().products().create(ProductCreateParams.builder().setName("Workshop").build()).getId();
        give(coupon("50", null, others));

        assertThat(recurring()).isEqualTo(5 * 2_500 + 2 * 4_900);
    }

    @Test
    void whatItIsForIsToldWhereManySubscriptionsAreListed() throws StripeException {
        String pack = product(1);
        give(coupon("30", null, pack));
        String id = dashboard.subscription(acme).getId();

        StripeSubscription found = Stream.iterate(listed.subscriptions(null), page -> page != null, this::next)
                .flatMap(page -> page.data().stream()).filter(each -> each.id().equals(id)).findFirst().orElseThrow();

        assertThat(found.discounts()).singleElement().extracting(StripeSubscription.Discount::products).isEqualTo(List.of(pack));
    }

    private @Nullable Page<StripeSubscription> next(Page<StripeSubscription> before) {
        return before.next() == null ? null : listed.subscriptions(before.next());
    }

    private JsonNode applied(Map<String, Object> wanted) {
        JsonNode change = story.accept(story.token(acme, wanted)).at("/changePlan/change");
        assertThat(change.at("/state").asString()).isEqualTo("APPLIED");
        return change;
    }

    private long recurring() {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { recurring { amountMinor } } } }", "key", acme)
                .at("/account/subscription/recurring/amountMinor").asLong();
    }

    private void give(String coupon) throws StripeException {
        stripe.v1().subscriptions().update(dashboard.subscription(acme).getId(), SubscriptionUpdateParams.builder()
                .addDiscount(SubscriptionUpdateParams.Discount.builder().setCoupon(coupon).build()).build());
        stories.settle();
    }

    private String coupon(@Nullable String percent, @Nullable Long amount, String product) throws StripeException {
        CouponCreateParams.Builder parameters = CouponCreateParams.builder().setDuration(CouponCreateParams.Duration.FOREVER)
                .setAppliesTo(CouponCreateParams.AppliesTo.builder().addProduct(product).build());
        return stripe.v1().coupons().create(percent == null
                ? parameters.setAmountOff(amount).setCurrency("usd").build()
                : parameters.setPercentOff(new BigDecimal(percent)).build()).getId();
    }

    /** Of the plan, or of the pack beside it. */
    private String product(int item) throws StripeException {
        Subscription bought = dashboard.subscription(acme);
        SubscriptionItem meant = bought.getItems().getData().get(item);
        return meant.getPrice().getProduct();
    }
}
