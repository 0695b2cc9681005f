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
import dev.headroom.money.Money;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.quote.Quotes;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Service;

/** Buys gathered seats: quoted anew, and accepted if that is no more than what was promised. */
@Service
class SeatSettlements {

    static final Actor.System SELF = new Actor.System("seats");
    private static final Duration LEASE = Duration.ofMinutes(2);

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

        record Later(ChangePlanResult outcome, Instant at) implements Settled {}

        record Never(QuoteResult why) implements Settled {}
    }

    Instant leaseEnd() {
        return clock.instant().plus(LEASE);
    }

    QuoteResult quote(Actor actor, AccountSubscription subscription, long seats) {
        String product = catalog.snapshot().product(subscription.product()).key();
        return quotes.quote(actor, subscription.account(), new RequestedChange(product, null, null, seats));
    }

    /** Whether as many seats as were asked for are there already. */
    static boolean isThere(QuoteResult quoted) {
        return quoted instanceof ChangeNotAllowed(Rule rule, String _) && rule == Rule.NOTHING_CHANGES;
    }

    /** Targets are absolute, so that whoever takes up where another died buys nothing twice: what was bought is there already. */
    Settled settle(SeatGathering gathering) {
        AccountSubscription subscription = subscriptions.byId(SELF, gathering.account(), gathering.subscription());
        QuoteResult quoted = quote(SELF, subscription, gathering.seats());
        if (!(quoted instanceof Quote quote) || isDearer(quote, gathering)) {
            return new Settled.Never(quoted);
        }
        return after(changes.change(SELF, new ChangePlan(quote.token(), "gathered:" + gathering.id() + ":" + quote.id())));
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
