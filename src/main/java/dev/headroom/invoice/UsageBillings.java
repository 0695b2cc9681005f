package dev.headroom.invoice;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.id.Ids;
import dev.headroom.invoice.Invoice.Line;
import dev.headroom.invoice.Invoice.Reason;
import dev.headroom.invoice.Invoice.Status;
import dev.headroom.invoice.UsageRepository.Closed;
import dev.headroom.pricing.Movement;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionChanged;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notes what use past limits brings by a subscription: what its newest invoice bills of the period that it ends, and nothing while the subscription brings
 * nothing. Whoever asks holds the subscription, so that an invoice and the end of what it bills are told one after the other.
 */
@Service
class UsageBillings {

    private static final Actor.System SELF = new Actor.System("invoice");

    private final UsageRepository usage;
    private final Subscriptions subscriptions;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    UsageBillings(UsageRepository usage, Subscriptions subscriptions, ApplicationEventPublisher events, InstantSource clock) {
        this.usage = usage;
        this.subscriptions = subscriptions;
        this.events = events;
        this.clock = clock;
    }

    /** Whether an invoice says what was used in a period: it ends one, or bills use. */
    static boolean tells(Invoice invoice) {
        return invoice.status() != Status.DRAFT && (invoice.reason() == Reason.RENEWAL || invoice.lines().stream().anyMatch(Line::usage));
    }

    /** Before an invoice is written: its subscription is held first, as by whoever changes it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(AccountId account, SubscriptionId subscription) {
        subscriptions.held(SELF, account, subscription);
    }

    /** After an invoice was written. Of one that comes with the end, and is heard of first, nothing is to be counted any more: the end takes it all. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(AccountId account, SubscriptionId id) {
        AccountSubscription subscription = subscriptions.byId(SELF, account, id);
        closed(account, id).filter(closed -> subscription.cancelAt() == null || subscription.cancelAt().isAfter(closed.until()))
                .ifPresent(closed -> become(subscription, brings(subscription) ? closed : new Closed(null, BigDecimal.ZERO, closed.until())));
    }

    /** After the subscription was: only where it stopped to bring anything, or began to. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(SubscriptionChanged changed) {
        AccountSubscription after = changed.after();
        Movement.Year year = changed.movement().year();
        if (!brings(after) || year.after().signum() == 0 && year.before().signum() > 0) {
            become(after, new Closed(null, BigDecimal.ZERO, changed.effectiveAt()));
        } else if (changed.before() != null && !brings(changed.before())) {
            closed(after.account(), after.id()).ifPresent(closed -> become(after, new Closed(null, closed.year(), changed.effectiveAt())));
        }
    }

    /** What closed last; nothing where what recurs ended with it or later and took it along, whenever its invoice is heard of. */
    private Optional<Closed> closed(AccountId account, SubscriptionId id) {
        Optional<Instant> taken = subscriptions.history(SELF, account).stream()
                .filter(each -> each.subscription().equals(id) && each.yearBefore().signum() > 0 && each.yearAfter().signum() == 0)
                .map(Fact::effectiveAt)
                .max(Comparator.naturalOrder());
        return usage.closed(account, id).filter(closed -> taken.isEmpty() || closed.until().isAfter(taken.get()));
    }

    private static boolean brings(AccountSubscription subscription) {
        return subscription.state().grants() && !subscription.collection().paused() && !subscription.givenUp();
    }

    private void become(AccountSubscription of, Closed closed) {
        if (usage.recorded(of.account(), of.id()).compareTo(closed.year()) != 0) {
            Instant at = clock.instant();
            UsageBilled billed = new UsageBilled(
                    Ids.next(), of.account(), of.id(), of.product(), of.planItem().planVersion(), of.balance().currency(), closed.invoice(),
                    closed.year(), closed.until().isAfter(at) ? at : closed.until(), at);
            usage.insert(billed);
            events.publishEvent(billed);
        }
    }
}
