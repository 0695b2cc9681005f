package dev.headroom.rollout;

import dev.headroom.change.ChangePlan;
import dev.headroom.change.ChangePlanResult;
import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChangeCancellations;
import dev.headroom.change.PlanChanges;
import dev.headroom.error.HeadroomException;
import dev.headroom.quote.Quotes.Staleness;
import dev.headroom.rollout.Outcome.Again;
import dev.headroom.rollout.Outcome.Ended;
import dev.headroom.rollout.Outcome.Later;
import dev.headroom.rollout.Outcome.Waits;
import dev.headroom.rollout.RolloutMove.Reason;
import dev.headroom.rollout.RolloutMove.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Moves a subscription by the way that customers' own changes go, and by no other: a quote is accepted, once, or nothing happens. */
@Service
class MoveChanges {

    private static final Duration SHORTLY = Duration.ofMinutes(1);
    private static final Duration AT_LEAST = Duration.ofDays(1);

    private final PlanChanges changes;
    private final PlanChangeCancellations cancellations;
    private final InstantSource clock;

    MoveChanges(PlanChanges changes, PlanChangeCancellations cancellations, InstantSource clock) {
        this.changes = changes;
        this.cancellations = cancellations;
        this.clock = clock;
    }

    /** Accepts the quote that was written down; whoever takes up after somebody died asks the same, and is answered how that went. */
    Outcome accept(RolloutMove move) {
        String key = "rollout:" + move.rollout() + ":" + move.subscription() + ":" + move.work().attempt();
        try {
            return outcome(changes.change(PlanChange.MOVER, new ChangePlan(Objects.requireNonNull(move.work().token()), key)));
        } catch (HeadroomException refused) {
            return switch (refused.code()) {
                case STRIPE_UNAVAILABLE, CONFLICT, DATABASE_UNAVAILABLE -> new Later(soon());
                case INVALID_INPUT -> new Again(Reason.UNSTEADY, "The quote cannot be read any more");
                case NOT_FOUND -> Ended.failed(Reason.GONE, null, null);
                case INVALID_SYNTAX, QUERY_TOO_COMPLEX, BODY_TOO_LARGE, UNSUPPORTED_CURRENCY, UNAUTHENTICATED, FORBIDDEN, ORIGIN_NOT_ALLOWED, ALREADY_EXISTS,
                        IDEMPOTENCY_KEY_REUSED, INTERNAL -> throw refused;
            };
        }
    }

    private Outcome outcome(ChangePlanResult result) {
        return switch (result) {
            case ChangePlanResult.PlanChanged(PlanChange change) -> moved(change);
            case ChangePlanResult.PlanChangeScheduled(PlanChange change) -> waits(change);
            case ChangePlanResult.QuoteIsStale(Staleness why, var _) -> new Again(why == Staleness.AMOUNT_CHANGED ? Reason.REFUSED : Reason.UNSTEADY, why.name());
            case ChangePlanResult.ApprovalRequired _ -> new Ended(State.SKIPPED, Reason.NEEDS_APPROVAL, null, null);
            case ChangePlanResult.PaymentActionRequired _, ChangePlanResult.ChangeInProgress _ -> new Later(soon());
            case ChangePlanResult.TooManyInvoices(Instant from) -> new Later(from);
            case ChangePlanResult.PaymentDeclined(String code, String message) -> Ended.failed(Reason.DECLINED, detail(code, message), null);
            case ChangePlanResult.ConfirmationNotPossible(String message, var _) -> Ended.failed(Reason.NOT_CONFIRMED, message, null);
            case ChangePlanResult.ChangeRefused(String code, String message, PlanChange change) -> Ended.failed(Reason.REFUSED, detail(code, message), change.id());
            case ChangePlanResult.PlanChangeCanceled(PlanChange change) -> new Ended(State.SKIPPED, Reason.CANCELED, null, change.id());
        };
    }

    /** What became of a change that waits; where the roll-out was stopped, it is taken back. */
    Outcome follow(RolloutMove move, Rollout rollout) {
        PlanChange change = changes.byId(PlanChange.MOVER, move.account(), Objects.requireNonNull(move.work().change()));
        return change.state() == PlanChange.State.SCHEDULED && rollout.state() == Rollout.State.STOPPED ? takenBack(move, change) : followed(change);
    }

    private Outcome followed(PlanChange change) {
        return switch (change.state()) {
            case APPLIED, MISMATCHED -> moved(change);
            case SCHEDULED -> waits(change);
            case REQUESTED, ACTION_REQUIRED, CANCELING -> new Later(soon());
            case CANCELED -> new Ended(State.SKIPPED, Reason.CANCELED, null, change.id());
            case DECLINED -> Ended.failed(Reason.DECLINED, detail(change.failureCode(), change.failureMessage()), change.id());
            case REFUSED, ABANDONED -> Ended.failed(Reason.REFUSED, detail(change.failureCode(), change.failureMessage()), change.id());
        };
    }

    private Outcome takenBack(RolloutMove move, PlanChange change) {
        try {
            return switch (cancellations.cancel(PlanChange.MOVER, move.account(), change.id(), "rollout:" + move.rollout() + ":stop:" + change.id())) {
                case ChangePlanResult.PlanChangeCanceled canceled -> new Ended(State.SKIPPED, Reason.STOPPED, null, canceled.change().id());
                case PlanChangeCancellations.PlanChangeNotOpen ended -> followed(ended.change());
                case ChangePlanResult.ChangeInProgress _ -> new Later(soon());
            };
        } catch (HeadroomException later) {
            return new Later(soon());
        }
    }

    private static Outcome moved(PlanChange change) {
        String detail = change.state() == PlanChange.State.MISMATCHED ? "It was charged something else than was promised; what was beyond that is credited" : null;
        return new Ended(State.MOVED, null, detail, change.id());
    }

    private Outcome waits(PlanChange change) {
        Instant tomorrow = clock.instant().plus(AT_LEAST);
        Instant made = change.effectiveAt() == null ? soon() : change.effectiveAt().plus(SHORTLY);
        return new Waits(change.id(), made.isBefore(tomorrow) ? (made.isAfter(clock.instant()) ? made : soon()) : tomorrow);
    }

    private Instant soon() {
        return clock.instant().plus(SHORTLY);
    }

    private static @Nullable String detail(@Nullable String code, @Nullable String message) {
        return code == null || code.isEmpty() ? message : message == null || message.isEmpty() ? code : message + " (" + code + ")";
    }
}
