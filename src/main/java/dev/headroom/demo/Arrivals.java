package dev.headroom.demo;

import static dev.headroom.demo.DemoCatalogs.SELF;

import dev.headroom.account.Accounts;
import dev.headroom.account.CreateAccount;
import dev.headroom.payment.AddPaymentMethodResult.PaymentMethodAdded;
import dev.headroom.payment.Customers;
import dev.headroom.payment.Customers.AddPaymentMethod;
import dev.headroom.change.StartSubscription;
import dev.headroom.change.StartSubscriptionResult;
import dev.headroom.change.StartSubscriptionResult.AlreadySubscribed;
import dev.headroom.change.StartSubscriptionResult.FirstPaymentDeclined;
import dev.headroom.change.StartSubscriptionResult.PaymentMethodRequired;
import dev.headroom.change.StartSubscriptionResult.PlanIsNotOnSale;
import dev.headroom.change.StartSubscriptionResult.StartInProgress;
import dev.headroom.change.StartSubscriptionResult.StartNeedsApproval;
import dev.headroom.change.StartSubscriptionResult.StartQuoteIsStale;
import dev.headroom.change.StartSubscriptionResult.SubscriptionStarted;
import dev.headroom.change.SubscriptionStarts;

/** Accounts come, give a card, buy. Every command has a key of its own, so that telling it again changes nothing. */
final class Arrivals {

    private final Accounts accounts;
    private final Customers customers;
    private final SubscriptionStarts starts;

    Arrivals(Accounts accounts, Customers customers, SubscriptionStarts starts) {
        this.accounts = accounts;
        this.customers = customers;
        this.starts = starts;
    }

    void open(Company company, String key) {
        accounts.create(SELF, new CreateAccount(
                key, company.key(), company.name(), company.email("billing"), company.currency().getCurrencyCode(), company.country(), company.zone().getId()));
    }

    void addCard(String account, Step.AddCard step, String key) {
        if (!(customers.addCard(SELF, new AddPaymentMethod(key, account, step.paymentMethod())) instanceof PaymentMethodAdded)) {
            throw new IllegalStateException("The card " + step.paymentMethod() + " was refused");
        }
    }

    /** False when a dead process had begun it and nobody has finished it yet. */
    boolean start(String account, Step.Start step, String key) {
        Holding holding = step.holding();
        StartSubscriptionResult answer = starts.start(SELF, new StartSubscription(
                key, account, null, holding.offering().plan(), holding.interval(), holding.seatsWanted(), step.trialDays()));
        return switch (answer) {
            case SubscriptionStarted _, AlreadySubscribed _ -> true;
            case StartInProgress _ -> false;
            case PlanIsNotOnSale _, PaymentMethodRequired _, FirstPaymentDeclined _, StartNeedsApproval _, StartQuoteIsStale _ ->
                    throw new IllegalStateException("The start was answered with " + answer);
        };
    }
}
