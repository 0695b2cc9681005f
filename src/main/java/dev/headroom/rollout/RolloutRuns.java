package dev.headroom.rollout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Goes on with whoever is due, one after another. Where somebody died, the next one goes on once the lease has ended: what was going to be accepted is written
 * down before it is, so that it is accepted once or not at all.
 */
@Service
class RolloutRuns {

    private static final Logger LOG = LoggerFactory.getLogger(RolloutRuns.class);
    /** Longer than all that Stripe is asked for one subscription may take. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final RolloutRepository rollouts;
    private final MoveRepository moves;
    private final MoveSteps steps;
    private final MoveProspects prospects;
    private final MoveChanges changes;
    private final ScheduledPublications publications;
    private final InstantSource clock;

    RolloutRuns(
            RolloutRepository rollouts, MoveRepository moves, MoveSteps steps, MoveProspects prospects, MoveChanges changes, ScheduledPublications publications,
            InstantSource clock) {
        this.rollouts = rollouts;
        this.moves = moves;
        this.steps = steps;
        this.prospects = prospects;
        this.changes = changes;
        this.publications = publications;
        this.clock = clock;
    }

    /** Publishes what is due, and works on as many as a batch has. Returns how many that were. */
    int sweep(int batch) {
        publications.sweep();
        int worked = 0;
        while (worked < batch && step()) {
            worked++;
        }
        return worked;
    }

    /** One step of the next one; false when none is due. */
    private boolean step() {
        Instant now = clock.instant();
        Optional<RolloutMove> next = moves.take(now, now.plus(LEASE));
        next.ifPresent(move -> {
            try {
                work(move, rollouts.byId(move.rollout()).orElseThrow(), now);
            } catch (RuntimeException unforeseen) {
                LOG.error("Subscription {} cannot be moved on in roll-out {}; its lease brings it back", move.subscription(), move.rollout(), unforeseen);
            }
        });
        return next.isPresent();
    }

    private void work(RolloutMove move, Rollout rollout, Instant now) {
        switch (move.state()) {
            case WAITING, NOTIFIED -> begin(move, rollout, now);
            case MOVING -> steps.record(move, changes.accept(move));
            case SCHEDULED -> follow(move, rollout);
            case MOVED, SKIPPED, FAILED -> throw new IllegalStateException("It has ended: " + move);
        }
    }

    private void begin(RolloutMove move, Rollout rollout, Instant now) {
        switch (prospects.of(move, rollout, now)) {
            case Prospect.Announced announced -> steps.announce(move, rollout, announced);
            case Prospect.Later later -> steps.postpone(move, later);
            case Prospect.Ended ended -> steps.end(move, ended);
            case Prospect.Ready ready -> steps.begin(move, ready).ifPresent(begun -> steps.record(begun, changes.accept(begun)));
        }
    }

    private void follow(RolloutMove move, Rollout rollout) {
        switch (changes.follow(move, rollout)) {
            case Outcome.Waits waits -> moves.postpone(move, waits.dueAt());
            case Outcome.Later later -> moves.postpone(move, later.dueAt());
            case Outcome.Again _ -> throw new IllegalStateException("What waits is not accepted again");
            case Outcome.Ended ended -> steps.record(move, ended);
        }
    }
}
