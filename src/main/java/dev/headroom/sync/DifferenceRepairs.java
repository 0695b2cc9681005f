package dev.headroom.sync;

import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.change.SubscriptionMirrors;
import dev.headroom.stripe.StripeAccountGateway;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.subscription.Subscriptions;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Repairs what differs, a few objects at a time: what Stripe has is read again as if an event had told of it, or, where Stripe has nothing,
 * that is written down. Repeated after a death it does the same, which then changes nothing.
 */
@Service
class DifferenceRepairs {

    private static final Logger LOG = LoggerFactory.getLogger(DifferenceRepairs.class);
    private static final Actor.System SELF = new Actor.System("reconciliation");
    private static final String CAUSE = "reconciliation";
    private static final int AT_ONCE = 10;
    private static final String GONE = "resource_missing";

    private final DifferenceRepository differences;
    private final Subscriptions subscriptions;
    private final SubscriptionMirrors mirrors;
    private final Accounts accounts;
    private final StripeAccountGateway stripe;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    DifferenceRepairs(
            DifferenceRepository differences, Subscriptions subscriptions, SubscriptionMirrors mirrors, Accounts accounts,
            StripeAccountGateway stripe, ApplicationEventPublisher events, InstantSource clock) {
        this.differences = differences;
        this.subscriptions = subscriptions;
        this.mirrors = mirrors;
        this.accounts = accounts;
        this.stripe = stripe;
        this.events = events;
        this.clock = clock;
    }

    /** Repairs some of what was asked for; false when nothing is left, or Stripe is silent. */
    boolean step() {
        Map<String, StripeDifference> objects = new LinkedHashMap<>();
        differences.asked(AT_ONCE).forEach(each -> objects.putIfAbsent(each.stripeId(), each));
        for (StripeDifference each : objects.values()) {
            try {
                repair(each);
                differences.repaired(each.stripeId(), clock.instant(), each.repairAskedBy());
            } catch (StripeUnavailableException silent) {
                LOG.warn("Stripe did not answer while a difference is repaired; it goes on later: {}", silent.getMessage());
                return false;
            } catch (RuntimeException failed) {
                LOG.warn("What differs of {} could not be repaired: {}", each.stripeId(), failed.toString());
                differences.failed(each.stripeId(), Optional.ofNullable(failed.getMessage()).orElseGet(failed::toString));
            }
        }
        return !objects.isEmpty();
    }

    private void repair(StripeDifference difference) {
        switch (difference.aspect()) {
            case NOT_HERE -> adopt(difference);
            case CUSTOMER_GONE -> forget(difference);
            case NOT_AT_STRIPE, STATE, ITEMS, FOREIGN_PRICES, PERIOD, TRIAL, END, DISCOUNTS, BALANCE, BILLING_MODE, OPEN_INVOICE, UNRECKONED ->
                    readAgain(difference.stripeId());
        }
    }

    private void readAgain(String subscription) {
        try {
            events.publishEvent(new StripeObjectChanged.OfSubscription(CAUSE, subscription, Set.of()));
        } catch (StripeRefusedException refused) {
            if (!refused.code().equals(GONE)) {
                throw refused;
            }
            subscriptions.byStripeId(SELF, subscription).ifPresent(known -> mirrors.gone(SELF, known, CAUSE, clock.instant()));
        }
    }

    /** A customer that was made while the walk went on is one that it did not meet, and not gone. */
    private void forget(StripeDifference difference) {
        if (!stripe.hasCustomer(difference.stripeId())) {
            accounts.unlinkCustomer(SELF, difference.account(), difference.stripeId());
        }
    }

    private void adopt(StripeDifference difference) {
        if (subscriptions.byStripeId(SELF, difference.stripeId()).isEmpty()) {
            mirrors.adopt(SELF, difference.account(), difference.stripeId(), CAUSE);
        }
    }
}
