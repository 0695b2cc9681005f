package dev.headroom.change;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.change.ChangePlanResult.ApprovalRequired;
import dev.headroom.change.ChangePlanResult.ChangeInProgress;
import dev.headroom.change.ChangePlanResult.ChangeRefused;
import dev.headroom.change.ChangePlanResult.PaymentActionRequired;
import dev.headroom.change.ChangePlanResult.ConfirmationNotPossible;
import dev.headroom.change.ChangePlanResult.PaymentDeclined;
import dev.headroom.change.ChangePlanResult.PlanChangeCanceled;
import dev.headroom.change.ChangePlanResult.PlanChangeScheduled;
import dev.headroom.change.ChangePlanResult.PlanChanged;
import dev.headroom.change.ChangePlanResult.QuoteIsStale;
import dev.headroom.change.ChangePlanResult.TooManyInvoices;
import dev.headroom.change.SeatGatherings.SeatGathering;
import dev.headroom.money.Money;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.QuoteResult.AddOnNotOnSale;
import dev.headroom.quote.QuoteResult.AgainstPolicy;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.ChangeOnHold;
import dev.headroom.quote.QuoteResult.CreditTooSoon;
import dev.headroom.quote.QuoteResult.Hold;
import dev.headroom.quote.QuoteResult.PaymentPastDue;
import dev.headroom.quote.QuoteResult.PlanNotOnSale;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.quote.Quotes;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.ScheduledChange;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Buys gathered seats: quoted anew, and accepted if that is no more than what was promised. */
@Service
class SeatSettlements {

    static final Actor.System SELF = new Actor.System("seats");
    private static final Duration LEASE = Duration.ofMinutes(2);
    /** Who owes something, or disputes it, takes days rather than minutes. */
    private static final Duration UNPAID = Duration.ofHours(1);
    private static final Set<Rule> IN_A_MOMENT = Set.of(Rule.RENEWING, Rule.NOT_VERIFIED);

    private final Quotes quotes;
    private final PlanChanges changes;
    private final Subscriptions subscriptions;
    private final Catalog catalog;
    private final InstantSource clock;

    SeatSettlements(Quotes quotes, PlanChanges changes, Subscriptions subscriptions, Catalog catalog, InstantSource clock) {
        this.quotes = quotes;
        this.changes = changes;
        this.subscriptions = subscriptions;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** What came of trying. */
    sealed interface Settled {

        /** Bought, or refused by the card or by Stripe: the plan change tells the rest. */
        record Over(ChangePlanResult outcome) implements Settled {}

        /** They are there already: bought by whoever died over it, or otherwise. */
        record There(QuoteResult why) implements Settled {}

        record Later(ChangePlanResult outcome, Instant at) implements Settled {}

        /** Nothing can be bought for now, whatever it is. */
        record Obstructed(QuoteResult why, Instant until) implements Settled {}

        record Never(QuoteResult why) implements Settled {}
    }

    Instant leaseEnd() {
        return clock.instant().plus(LEASE);
    }

    AccountSubscription subscription(SeatGathering gathering) {
        return subscriptions.byId(SELF, gathering.account(), gathering.subscription());
    }

    QuoteResult quote(Actor actor, AccountSubscription subscription, long seats) {
        String product = catalog.snapshot().product(subscription.product()).key();
        return quotes.quote(actor, subscription.account(), new RequestedChange(product, null, null, seats));
    }


    /** Targets are absolute, so that whoever takes up where another died buys nothing twice: what was bought is there already. */
    Settled settle(SeatGathering gathering) {
        QuoteResult quoted = quote(SELF, subscription(gathering), gathering.seats());
        if (quoted instanceof ChangeNotAllowed refused && refused.rule() == Rule.WAITS_FOR_DATE) {
            return new Settled.Obstructed(quoted, subscription(gathering).dated().map(ScheduledChange::date).filter(clock.instant()::isBefore).orElseGet(this::leaseEnd));
        }
        return quoted instanceof Quote quote && !isDearer(quote, gathering)
                ? after(changes.change(SELF, new ChangePlan(quote.token(), "gathered:" + gathering.id() + ":" + quote.id())))
                : unsettled(quoted);
    }

    /** What a quote was refused for, or that it is dearer than was promised. */
    Settled unsettled(QuoteResult quoted) {
        return switch (quoted) {
            case PaymentPastDue _ -> new Settled.Obstructed(quoted, clock.instant().plus(UNPAID));
            case ChangeOnHold(AccountSubscription _, Hold _, Instant until, String _) -> new Settled.Obstructed(
                    quoted, Optional.ofNullable(until).filter(clock.instant()::isBefore).orElse(clock.instant().plus(UNPAID)));
            case ChangeNotAllowed(Rule rule, var _, var _, var _) -> rule == Rule.NOTHING_CHANGES
                    ? new Settled.There(quoted)
                    : IN_A_MOMENT.contains(rule) ? new Settled.Obstructed(quoted, leaseEnd()) : new Settled.Never(quoted);
            case Quote _, PlanNotOnSale _, AddOnNotOnSale _, AgainstPolicy _, CreditTooSoon _ -> new Settled.Never(quoted);
        };
    }

    private static boolean isDearer(Quote quote, SeatGathering gathering) {
        Money promised = gathering.promised();
        return promised != null && quote.dueNow().minor() > promised.minor();
    }

    private Settled after(ChangePlanResult outcome) {
        return switch (outcome) {
            case PlanChanged _, PlanChangeScheduled _, PaymentActionRequired _, PaymentDeclined _, ConfirmationNotPossible _, ChangeRefused _, PlanChangeCanceled _,
                    ApprovalRequired _ ->
                    new Settled.Over(outcome);
            case QuoteIsStale _, ChangeInProgress _ -> new Settled.Later(outcome, leaseEnd());
            case TooManyInvoices(Instant from) -> new Settled.Later(outcome, from);
        };
    }
}
