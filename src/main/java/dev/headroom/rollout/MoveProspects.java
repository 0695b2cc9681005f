package dev.headroom.rollout;

import dev.headroom.catalog.Catalog;
import dev.headroom.change.PlanChange;
import dev.headroom.error.HeadroomException;
import dev.headroom.impact.ImpactLine;
import dev.headroom.impact.Impacts;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.QuoteResult.Hold;
import dev.headroom.quote.Quotes;
import dev.headroom.rollout.Prospect.Announced;
import dev.headroom.rollout.Prospect.Ended;
import dev.headroom.rollout.Prospect.Later;
import dev.headroom.rollout.Prospect.Ready;
import dev.headroom.rollout.RolloutMove.Look;
import dev.headroom.rollout.RolloutMove.Notice;
import dev.headroom.rollout.RolloutMove.Reason;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Service;

/** Looks at a subscription anew before it is moved: the list says who was chosen, and only today says what that comes to. */
@Service
class MoveProspects {

    /** How near its end a period is left alone, and how long after it the next one is known to have begun. */
    private static final Duration TURN_OF_PERIOD = Duration.ofMinutes(15);
    private static final Duration SHORTLY = Duration.ofMinutes(5);

    private static final String NOT_ON_SALE = "It is not on sale";

    private final Impacts impacts;
    private final Quotes quotes;
    private final Subscriptions subscriptions;
    private final Catalog catalog;

    MoveProspects(Impacts impacts, Quotes quotes, Subscriptions subscriptions, Catalog catalog) {
        this.catalog = catalog;
        this.impacts = impacts;
        this.quotes = quotes;
        this.subscriptions = subscriptions;
    }

    Prospect of(RolloutMove move, Rollout rollout, Instant now) {
        return impacts.anew(PlanChange.MOVER, rollout.impact(), move.account(), move.subscription())
                .map(line -> of(move, rollout, line, now))
                .orElseGet(() -> Ended.skipped(Reason.GONE));
    }

    private Prospect of(RolloutMove move, Rollout rollout, ImpactLine line, Instant now) {
        if (!catalog.snapshot().version(rollout.version()).onSale()) {
            return Ended.failed(Reason.NOT_POSSIBLE, NOT_ON_SALE);
        }
        Look look = Look.of(line);
        if (look.has().equals(rollout.version())) {
            return Ended.skipped(Reason.ALREADY_THERE);
        }
        if (line.hindrance() != null) {
            return Ended.skipped(Reason.of(line.hindrance()));
        }
        if (look.risesByMore(rollout.mostRisePercent())) {
            return Ended.skipped(Reason.RISES_TOO_MUCH);
        }
        Notice notice = move.notice();
        int days = look.rises() ? rollout.riseNoticeDays() : rollout.noticeDays();
        // Who was told of a smaller rise was not told of this one.
        if (notice == null ? look.rises() || days > 0 : look.risesBeyond(move.look())) {
            return announced(look, rollout, new Notice(now, now.plus(days, ChronoUnit.DAYS)));
        }
        return timely(move, rollout, notice == null ? now : notice.notBefore(), now);
    }

    private static Prospect announced(Look look, Rollout rollout, Notice notice) {
        return new Announced(look, notice, rollout.timing() == RolloutChoice.Timing.NOW ? notice.notBefore() : notice.at());
    }

    private Prospect timely(RolloutMove move, Rollout rollout, Instant notBefore, Instant now) {
        return switch (rollout.timing()) {
            case NEW_ONLY -> Ended.skipped(Reason.STOPPED);
            case NOW -> now.isBefore(notBefore) ? new Later(notBefore) : quoted(move, rollout, When.NOW, now);
            case AT_RENEWAL -> {
                AccountSubscription subscription = subscriptions.byId(PlanChange.MOVER, move.account(), move.subscription());
                Instant until = subscription.period().until();
                boolean next = !until.isBefore(notBefore) && now.isBefore(until.minus(TURN_OF_PERIOD));
                yield next ? quoted(move, rollout, When.PERIOD_END, now) : new Later((until.isAfter(now) ? until : now).plus(TURN_OF_PERIOD));
            }
        };
    }

    private Prospect quoted(RolloutMove move, Rollout rollout, When when, Instant now) {
        try {
            return of(quotes.move(PlanChange.MOVER, move.account(), move.subscription(), rollout.version(), when), now);
        } catch (HeadroomException gone) {
            return switch (gone.code()) {
                case NOT_FOUND -> Ended.skipped(Reason.GONE);
                case STRIPE_UNAVAILABLE -> new Later(now.plus(SHORTLY));
                case INVALID_INPUT, INVALID_SYNTAX, QUERY_TOO_COMPLEX, BODY_TOO_LARGE, UNSUPPORTED_CURRENCY, UNAUTHENTICATED, FORBIDDEN, ORIGIN_NOT_ALLOWED, ALREADY_EXISTS,
                        IDEMPOTENCY_KEY_REUSED, CONFLICT, DATABASE_UNAVAILABLE, INTERNAL -> throw gone;
            };
        }
    }

    private static Prospect of(QuoteResult result, Instant now) {
        return switch (result) {
            case Quote quote -> new Ready(quote);
            case QuoteResult.ChangeNotAllowed refused -> refused(refused, now);
            case QuoteResult.PaymentPastDue _ -> Ended.failed(Reason.PAST_DUE, null);
            case QuoteResult.ChangeOnHold held -> held.hold() == Hold.COMMITTED ? Ended.skipped(Reason.COMMITTED) : Ended.failed(Reason.ON_HOLD, held.reason());
            case QuoteResult.AgainstPolicy against -> Ended.failed(Reason.NOT_POSSIBLE, against.reason());
            case QuoteResult.CreditTooSoon soon -> Ended.failed(Reason.NOT_POSSIBLE, soon.reason());
            case QuoteResult.PlanNotOnSale _, QuoteResult.AddOnNotOnSale _ -> Ended.failed(Reason.NOT_POSSIBLE, NOT_ON_SALE);
        };
    }

    private static Prospect refused(QuoteResult.ChangeNotAllowed refused, Instant now) {
        if (refused.rule() == QuoteResult.Rule.NOTHING_CHANGES) {
            return Ended.skipped(Reason.ALREADY_THERE);
        }
        boolean passes = refused.rule() == QuoteResult.Rule.RENEWING || refused.rule() == QuoteResult.Rule.NOT_VERIFIED;
        return passes ? new Later(now.plus(SHORTLY)) : Ended.failed(Reason.NOT_POSSIBLE, refused.reason());
    }
}
