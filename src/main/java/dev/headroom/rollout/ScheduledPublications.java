package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftId;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.Candidate;
import dev.headroom.draft.Drafts.CandidateHasFindings;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts on sale what was decided for a date, when that has come: exactly that, or nothing. */
@Service
class ScheduledPublications {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledPublications.class);
    private static final Actor.System SELF = new Actor.System("rollout");

    private final RolloutRepository rollouts;
    private final Drafts drafts;
    private final SeenImpacts seen;
    private final Launches launches;
    private final FailedPublications failures;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    ScheduledPublications(
            RolloutRepository rollouts, Drafts drafts, SeenImpacts seen, Launches launches, FailedPublications failures, TransactionTemplate transaction,
            InstantSource clock) {
        this.rollouts = rollouts;
        this.drafts = drafts;
        this.seen = seen;
        this.launches = launches;
        this.failures = failures;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** How many dates have come. */
    int sweep() {
        List<UUID> due = rollouts.due(clock.instant());
        due.forEach(this::publish);
        return due.size();
    }

    private void publish(UUID id) {
        try {
            Optional<String> failure = Optional.ofNullable(transaction.execute(open -> rollouts.takeScheduled(id).flatMap(this::published).map(why -> {
                open.setRollbackOnly();
                return why;
            }).orElse(null)));
            failure.ifPresent(why -> failures.fail(id, why));
        } catch (RuntimeException wrong) {
            // What the catalogue refuses now it refuses the next time too.
            if (wrong instanceof HeadroomException refused && refused.code() == ErrorCode.CONFLICT) {
                failures.fail(id, String.valueOf(refused.getMessage()));
            } else {
                LOG.warn("Publication {} whose date has come failed; it is tried again", id, wrong);
            }
        }
    }

    /** Why it cannot be; empty where it is. */
    private Optional<String> published(Rollout rollout) {
        rollouts.serialize(rollout.planId());
        return rollout.draft() == null ? launches.move(rollout) : published(rollout, rollout.draft());
    }

    private Optional<String> published(Rollout rollout, DraftId id) {
        return switch (drafts.candidate(SELF, id)) {
            case Drafts.DraftNotOpen(Draft draft) -> Optional.of("The draft is " + draft.state());
            case CandidateHasFindings found -> Optional.of(found.findings().getFirst().message());
            case Candidate candidate -> seen.flawAtDate(rollout.impact(), candidate.version()).map(flaw -> switch (flaw) {
                case OTHER_ON_SALE -> "Another version went on sale since it was decided";
                case UNKNOWN, NOT_DONE, OTHER_CONTENT, TOO_OLD -> "The draft was edited since it was decided";
            }).or(() -> launches.launch(SELF, rollout, candidate) ? Optional.empty() : Optional.of("The draft was edited since it was decided"));
        };
    }
}
