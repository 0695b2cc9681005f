package dev.headroom.rollout;

import dev.headroom.rollout.Rollouts.MoveAnnounced;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down each step of a move before the next one is made; none is made of a roll-out that was turned meanwhile. */
@Service
class MoveSteps {

    private static final int MOST_TRIES = 4;

    private final MoveRepository moves;
    private final RolloutRepository rollouts;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    MoveSteps(
            MoveRepository moves, RolloutRepository rollouts, ApplicationEventPublisher events, TransactionTemplate transaction, InstantSource clock) {
        this.moves = moves;
        this.rollouts = rollouts;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Before anything is charged that rises. */
    void announce(RolloutMove move, Rollout rollout, Prospect.Announced announced) {
        transaction.executeWithoutResult(_ -> {
            if (rollouts.runs(rollout.id()) && moves.notified(move, announced.notice(), announced.look(), announced.dueAt())) {
                events.publishEvent(new MoveAnnounced(
                        rollout.id(), move.account(), move.subscription(), rollout.version(), announced.look().recurringBefore(), announced.look().recurringAfter(),
                        announced.notice().notBefore()));
            } else {
                moves.postpone(move, move.work().dueAt());
            }
        });
    }

    /** Which quote is accepted next; empty where nothing may be begun any more. */
    Optional<RolloutMove> begin(RolloutMove move, Prospect.Ready ready) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            Optional<RolloutMove> begun = rollouts.runs(move.rollout()) ? moves.begin(move, ready.quote().token(), clock.instant()) : Optional.empty();
            if (begun.isEmpty()) {
                moves.postpone(move, move.work().dueAt());
            }
            return begun;
        }));
    }

    void end(RolloutMove move, Prospect.Ended ended) {
        transaction.executeWithoutResult(_ -> {
            rollouts.locked(move.rollout());
            moves.end(move, ended.as(), ended.reason(), ended.detail(), null, clock.instant());
            moves.finish(move.rollout(), clock.instant());
        });
    }

    /** One after another: of two who each end one of the last two, neither would see that nobody is left. */
    void record(RolloutMove move, Outcome outcome) {
        transaction.executeWithoutResult(_ -> {
            rollouts.locked(move.rollout());
            switch (outcome) {
                case Outcome.Waits waits -> moves.scheduled(move, waits.change(), waits.dueAt(), clock.instant());
                case Outcome.Later later -> moves.postpone(move, later.dueAt());
                case Outcome.Again again when move.work().tries() >= MOST_TRIES ->
                        moves.end(move, RolloutMove.State.FAILED, again.reason(), again.why(), null, clock.instant());
                case Outcome.Again _ -> again(move);
                case Outcome.Ended ended -> moves.end(move, ended.as(), ended.reason(), ended.detail(), ended.change(), clock.instant());
            }
            moves.finish(move.rollout(), clock.instant());
        });
    }

    /** Of a roll-out that was stopped meanwhile nobody would take it up. */
    private void again(RolloutMove move) {
        if (rollouts.locked(move.rollout()).orElseThrow().state() == Rollout.State.STOPPED) {
            moves.end(move, RolloutMove.State.SKIPPED, RolloutMove.Reason.STOPPED, null, null, clock.instant());
        } else {
            moves.again(move, clock.instant());
        }
    }

    void postpone(RolloutMove move, Prospect.Later later) {
        moves.postpone(move, later.dueAt());
    }
}
