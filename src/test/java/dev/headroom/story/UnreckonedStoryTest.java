package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Coupon;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.Dashboard;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.Unreckoned;
import dev.headroom.subscription.Subscriptions;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What Stripe puts on invoices and no arithmetic of ours knows is noticed with everything else that is read there, and makes quotes of before stale. */
@HeadroomTest
class UnreckonedStoryTest {

    private static final Actor.System SELF = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    private Dashboard dashboard;
    private Story story;
    private String acme;

    @BeforeEach
    void anAccountWithFiveSeats() {
        story = stories.begin();
        dashboard = new Dashboard(stripe, accounts, story);
        acme = story.subscribed("acme", "team", 5);
        stories.settle();
    }

    @AfterEach
    void untaxed() {
        stories.sandbox().taxAt(null);
    }

    @Test
    void whatWeReckonWhollyHasNone() {
        assertThat(now().unreckoned()).isEmpty();
    }

    @Test
    void automaticTaxIs() throws StripeException {
        long before = now().version();
        stories.sandbox().taxAt(new BigDecimal("19"));
        stripe.v1().subscriptions().update(dashboard.subscription(acme).getId(), SubscriptionUpdateParams.builder()
                .setAutomaticTax(SubscriptionUpdateParams.AutomaticTax.builder().setEnabled(true).build()).build());
        stories.settle();

        assertThat(now().unreckoned()).containsExactly(Unreckoned.TAX);
        assertThat(now().version()).isGreaterThan(before);
    }

    @Test
    void aDiscountOfAnItemIs() throws StripeException {
        String item = dashboard.subscription(acme).getItems().getData().getFirst().getId();
        stripe.v1().subscriptionItems().update(item, SubscriptionItemUpdateParams.builder()
                .addDiscount(SubscriptionItemUpdateParams.Discount.builder().setCoupon(tenth().getId()).build()).build());
        stories.settle();

        assertThat(now().unreckoned()).containsExactly(Unreckoned.ITEM_DISCOUNT);
    }

    @Test
    void aDiscountOfTheCustomerIsUntilTheSubscriptionHasOneOfItsOwn() throws StripeException {
        stories.sandbox().discount(customer(), tenth().getId());
        stories.settle();
        assertThat(now().unreckoned()).containsExactly(Unreckoned.CUSTOMER_DISCOUNT);

        stripe.v1().subscriptions().update(dashboard.subscription(acme).getId(), SubscriptionUpdateParams.builder()
                .addDiscount(SubscriptionUpdateParams.Discount.builder().setCoupon(tenth().getId()).build()).build());
        stories.settle();
        assertThat(now().unreckoned()).isEmpty();
    }

    @Test
    void whatWaitsForTheNextInvoiceIsUntilItIsTakenBack() throws StripeException {
        String work = stripe.v1().invoiceItems().create(InvoiceItemCreateParams.builder()
                .setCustomer(customer()).setAmount(4_200L).setCurrency("usd").setDescription("Workshop").build()).getId();
        stories.settle();
        assertThat(now().unreckoned()).containsExactly(Unreckoned.WAITING);

        stripe.v1().invoiceItems().delete(work);
        stories.settle();
        assertThat(now().unreckoned()).isEmpty();
    }

    @Test
    void whatWaitsForAnotherSubscriptionIsNot() throws StripeException {
        String others = story.subscribed("other", "team", 2);
        stripe.v1().invoiceItems().create(InvoiceItemCreateParams.builder().setCustomer(accounts.meant(SELF, others).stripeCustomer())
                .setSubscription(dashboard.subscription(others).getId()).setAmount(4_200L).setCurrency("usd").build());
        stories.settle();

        assertThat(now().unreckoned()).isEmpty();
        assertThat(of(others).unreckoned()).as("its own").containsExactly(Unreckoned.WAITING);
    }

    @Test
    void itIsBilledWithTheNextPeriodAndGoneThen() throws StripeException {
        stripe.v1().invoiceItems().create(InvoiceItemCreateParams.builder().setCustomer(customer()).setAmount(4_200L).setCurrency("usd").build());
        stories.settle();
        story.halfway(acme);
        stories.pass(Duration.ofDays(20));

        assertThat(now().unreckoned()).isEmpty();
    }

    private Coupon tenth() throws StripeException {
        return stripe.v1().coupons().create(CouponCreateParams.builder().setPercentOff(BigDecimal.TEN).setDuration(CouponCreateParams.Duration.FOREVER).build());
    }

    private String customer() {
        return accounts.meant(SELF, acme).stripeCustomer();
    }

    private AccountSubscription now() {
        return of(acme);
    }

    private AccountSubscription of(String account) {
        return subscriptions.live(SELF, accounts.meant(SELF, account).id()).getFirst();
    }
}
