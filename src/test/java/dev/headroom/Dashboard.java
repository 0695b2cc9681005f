package dev.headroom;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionItemCreateParams;
import com.stripe.param.SubscriptionItemDeleteParams;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import java.util.Optional;

/** What somebody does to a subscription at Stripe itself, past Headroom, which hears of it. */
public record Dashboard(StripeClient stripe, Accounts accounts, Story story) {

    /** Puts an add-on, billed by the month in dollars, beside what the account has; of one that is there already it has so many from now on. */
    public void put(String account, String addOn, long quantity) throws StripeException {
        Subscription bought = subscription(account);
        String price = price(addOn);
        Optional<SubscriptionItem> there = item(bought, price);
        if (there.isPresent()) {
            stripe.v1().subscriptionItems().update(there.get().getId(), SubscriptionItemUpdateParams.builder().setQuantity(quantity)
                    .setProrationBehavior(SubscriptionItemUpdateParams.ProrationBehavior.NONE).build());
        } else {
            stripe.v1().subscriptionItems().create(SubscriptionItemCreateParams.builder().setSubscription(bought.getId()).setPrice(price)
                    .setQuantity(quantity).setProrationBehavior(SubscriptionItemCreateParams.ProrationBehavior.NONE).build());
        }
        story.world().settle();
    }

    public void takeOff(String account, String addOn) throws StripeException {
        SubscriptionItem there = item(subscription(account), price(addOn)).orElseThrow();
        stripe.v1().subscriptionItems().delete(there.getId(), SubscriptionItemDeleteParams.builder()
                .setProrationBehavior(SubscriptionItemDeleteParams.ProrationBehavior.NONE).build());
        story.world().settle();
    }

    public Subscription subscription(String account) throws StripeException {
        String customer = accounts.meant(new Actor.System("test"), account).stripeCustomer();
        return stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer).build()).getData().getFirst();
    }

    private static Optional<SubscriptionItem> item(Subscription of, String price) {
        return of.getItems().getData().stream().filter(item -> item.getPrice().getId().equals(price)).findFirst();
    }

    /** As it was made at Stripe when it went on sale. */
    private String price(String addOn) throws StripeException {
        String ours = story.backend().ask("query ($key: String!) { addOn(key: $key) { onSale { prices { id interval } } } }", "key", story.key(addOn))
                .at("/addOn/onSale/prices").valueStream().filter(price -> price.at("/interval").asString().equals("MONTH"))
                .findFirst().orElseThrow().at("/id").asString();
        return stripe.v1().prices().list(PriceListParams.builder().addLookupKey(ours).build()).getData().getFirst().getId();
    }
}
