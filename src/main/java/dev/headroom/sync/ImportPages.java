package dev.headroom.sync;

import dev.headroom.stripe.StripeAccountGateway;
import dev.headroom.stripe.StripeAccountGateway.CustomerAtStripe;
import dev.headroom.stripe.StripeAccountGateway.Page;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.sync.Walk.Step;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Takes in one page, or only says what would come of it. */
@Service
class ImportPages {

    private final StripeAccountGateway stripe;
    private final PlanImports plans;
    private final AccountImports accounts;
    private final SubscriptionImports subscriptions;

    ImportPages(StripeAccountGateway stripe, PlanImports plans, AccountImports accounts, SubscriptionImports subscriptions) {
        this.stripe = stripe;
        this.plans = plans;
        this.accounts = accounts;
        this.subscriptions = subscriptions;
    }

    /** What is taken in, one after the other: each needs the one before it. */
    enum Stage {
        PRODUCTS,
        CUSTOMERS,
        SUBSCRIPTIONS
    }

    Step page(Walk walk) {
        return switch (Stage.valueOf(walk.stage())) {
            case PRODUCTS -> new Step(Stage.CUSTOMERS.name(), null, plans.take(walk), 0);
            case CUSTOMERS -> {
                Page<CustomerAtStripe> page = stripe.customers(walk.position());
                accounts.take(walk, page.data());
                yield new Step(page.next() == null ? afterCustomers(walk) : walk.stage(), page.next(), page.data().size(), 0);
            }
            case SUBSCRIPTIONS -> {
                Page<StripeSubscription> page = stripe.subscriptions(walk.position());
                subscriptions.take(walk, page.data());
                yield new Step(page.next() == null ? null : walk.stage(), page.next(), page.data().size(), 0);
            }
        };
    }

    private static @Nullable String afterCustomers(Walk walk) {
        return Boolean.TRUE.equals(walk.settings().withoutSubscriptions()) ? null : Stage.SUBSCRIPTIONS.name();
    }
}
