package dev.headroom.change;

import dev.headroom.actor.Actor;
import dev.headroom.change.PlanChange.State;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.Quotes;
import dev.headroom.quote.Quotes.Due;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes what waits for a date when that has come: from then on it is a change at once like any other, billed for the promised second and for
 * what was promised, or not made at all.
 */
@Service
class DatedChanges {

    static final String MISSED = "date_missed";
    static final String TOO_LATE = "Headroom could not make it in time";

    private static final Logger LOG = LoggerFactory.getLogger(DatedChanges.class);
    private static final Actor.System SELF = new Actor.System("change");
    /** How long after its date a change is still made: whoever asked pays from the date on, and is not to pay for days without it. */
    private static final Duration LATENESS = Duration.ofDays(1);

    private final PlanChangeRepository changes;
    private final ChangeExecutions executions;
    private final Arrangements arrangements;
    private final Subscriptions subscriptions;
    private final Quotes quotes;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    DatedChanges(
            PlanChangeRepository changes, ChangeExecutions executions, Arrangements arrangements, Subscriptions subscriptions, Quotes quotes,
            TransactionTemplate transaction, InstantSource clock) {
        this.changes = changes;
        this.executions = executions;
        this.arrangements = arrangements;
        this.subscriptions = subscriptions;
        this.quotes = quotes;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Until when a change for a date can be made: Stripe bills for no second of a period that is over, and begins one at a second that is still to come. When
     * a later one ends shows when it runs.
     */
    static Instant latest(SubscriptionTerms to, Instant date, Period period) {
        if (to.together() != null) {
            return date;
        }
        Instant late = date.plus(LATENESS);
        return late.isBefore(period.until()) || !date.isBefore(period.until()) ? late : period.until();
    }

    /** Makes what is due, until there is none left; one that has to wait for another keeps none of the others from it. Returns how many. */
    int sweep() {
        int swept = 0;
        Instant now = clock.instant();
        for (Optional<PlanChange> next = changes.takeDue(now, executions.leaseEnd());
                next.isPresent();
                next = changes.takeDue(now, executions.leaseEnd())) {
            make(next.get());
            swept++;
        }
        return swept;
    }

    private void make(PlanChange change) {
        try {
            begun(change).ifPresent(begun -> executions.carryOut(begun, subscriptions.byId(SELF, begun.account(), begun.subscription())));
        } catch (DuplicateKeyException another) {
            LOG.info("Plan change {} waits for another one of its account that is being charged", change.id());
        } catch (RuntimeException later) {
            LOG.warn("Plan change {} whose date has come is not finished yet: {}", change.id(), later.toString());
        }
    }

    /** Empty for one that is given up, and for one that comes again with its lease. */
    private Optional<PlanChange> begun(PlanChange change) {
        if (!clock.instant().isBefore(change.quoteExpiresAt())) {
            return missed(change);
        }
        AccountSubscription subscription = then(change);
        return switch (quotes.due(subscription, change.id(), change.from(), change.to(), change.pricedAt())) {
            case Due.Possible(SubscriptionTerms to) -> begin(change, subscription, to);
            case Due.Early() -> Optional.empty();
            case Due.Late() -> missed(change);
            case Due.Outdated() -> givenUp(change, "subscription_changed", "The subscription is not what this was promised for any more");
            case Due.Obstructed(QuoteResult why) -> givenUp(change, code(why), reason(why));
        };
    }

    /** Where we have not heard of the period that it is for, Stripe is asked; should that not have begun there either, the change comes again with its lease. */
    private AccountSubscription then(PlanChange change) {
        AccountSubscription known = subscriptions.byId(SELF, change.account(), change.subscription());
        if (change.pricedAt().isBefore(known.period().until())) {
            return known;
        }
        executions.look(change);
        return subscriptions.byId(SELF, change.account(), change.subscription());
    }

    private Optional<PlanChange> missed(PlanChange change) {
        return givenUp(change, MISSED, TOO_LATE);
    }

    /**
     * From here on the sweeper goes on with it as with any change at once.
     *
     * @param to what it was to come to, with the names that the items have by now
     */
    private Optional<PlanChange> begin(PlanChange change, AccountSubscription subscription, SubscriptionTerms to) {
        return Optional.ofNullable(transaction.execute(_ -> {
            boolean vacant = subscriptions.lockedAt(change.account(), change.subscription(), subscription.version()) && changes.before(change.account(), change.subscription()).isEmpty();
            if (!vacant || tooManyInvoices(change) || changes.isBesideStart(change) || !changes.begin(change, executions.leaseEnd())) {
                return null;
            }
            changes.retell(change.account(), change.id(), subscription.terms(), to);
            arrangements.drop(SELF, change);
            return changes.byId(change.account(), change.id()).orElseThrow();
        }));
    }

    private boolean tooManyInvoices(PlanChange change) {
        Instant now = clock.instant();
        return InvoiceRate.possibleFrom(changes.invoiced(change.account(), change.subscription(), InvoiceRate.since(now)), now).isPresent();
    }

    private Optional<PlanChange> givenUp(PlanChange change, String code, String message) {
        transaction.executeWithoutResult(_ -> {
            arrangements.drop(SELF, change);
            if (changes.settled(change, State.ABANDONED, code, message, clock.instant())) {
                LOG.warn("Plan change {} was not made at its date: {}", change.id(), message);
            }
        });
        return Optional.empty();
    }

    private static String code(QuoteResult why) {
        return switch (why) {
            case QuoteResult.PaymentPastDue _ -> "payment_past_due";
            case QuoteResult.ChangeOnHold _ -> "on_hold";
            case QuoteResult.ChangeNotAllowed refused -> refused.rule().name().toLowerCase(Locale.ROOT);
            case Quote _, QuoteResult.PlanNotOnSale _, QuoteResult.AddOnNotOnSale _, QuoteResult.AgainstPolicy _, QuoteResult.CreditTooSoon _ -> "not_allowed";
        };
    }

    private static String reason(QuoteResult why) {
        return switch (why) {
            case QuoteResult.PaymentPastDue _ -> "An invoice is open";
            case QuoteResult.ChangeOnHold held -> held.reason();
            case QuoteResult.ChangeNotAllowed refused -> refused.reason();
            case QuoteResult.AgainstPolicy against -> against.reason();
            case QuoteResult.CreditTooSoon soon -> soon.reason();
            case Quote _, QuoteResult.PlanNotOnSale _, QuoteResult.AddOnNotOnSale _ -> "";
        };
    }
}
