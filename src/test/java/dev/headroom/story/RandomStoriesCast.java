package dev.headroom.story;

import com.stripe.StripeClient;
import dev.headroom.Mortality;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.change.PlanChangeCancellations;
import dev.headroom.change.PlanChanges;
import dev.headroom.change.SubscriptionStarts;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.quote.Quotes;
import dev.headroom.stripe.StripeInbox;
import dev.headroom.stripe.spec.StripeWireCheck;
import dev.headroom.start.StartQuotes;
import dev.headroom.subscription.Subscriptions;
import org.springframework.context.ApplicationContext;

/**
 * Whom random stories are told with.
 *
 * @param spectator asks the sandbox without being held against Stripe's description: what a story looks at itself is no request of ours
 */
record RandomStoriesCast(
        Stories stories, Accounts accounts, Quotes quotes, PlanChanges changes, PlanChangeCancellations cancellations, StartQuotes startQuotes,
        SubscriptionStarts starts, Subscriptions subscriptions, Catalog catalog, Entitlements entitlements, StripeInbox inbox, StripeWireCheck wire,
        Mortality mortality, ApplicationContext headroom, StripeClient spectator) {

    static final Actor.System SELF = new Actor.System("stories");

    static RandomStoriesCast of(ApplicationContext context) {
        Stories stories = context.getBean(Stories.class);
        return new RandomStoriesCast(
                stories, context.getBean(Accounts.class), context.getBean(Quotes.class), context.getBean(PlanChanges.class),
                context.getBean(PlanChangeCancellations.class), context.getBean(StartQuotes.class), context.getBean(SubscriptionStarts.class), context.getBean(Subscriptions.class),
                context.getBean(Catalog.class), context.getBean(Entitlements.class), context.getBean(StripeInbox.class),
                context.getBean(StripeWireCheck.class), context.getBean(Mortality.class), context, StripeClient.builder()
                        .setApiKey(stories.sandbox().secretKey()).setApiBase(stories.sandbox().url().toString()).setMaxNetworkRetries(0).build());
    }
}
