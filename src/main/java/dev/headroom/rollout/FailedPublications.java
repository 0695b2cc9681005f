package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.draft.DraftId;
import dev.headroom.draft.Drafts;
import dev.headroom.rollout.Rollout.State;
import dev.headroom.rollout.Rollouts.PublicationFailed;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writes down what could not go on sale at its date, and has it told: nobody was there to see it. */
@Service
class FailedPublications {

    private static final Logger LOG = LoggerFactory.getLogger(FailedPublications.class);
    private static final Actor.System SELF = new Actor.System("rollout");

    private final RolloutRepository rollouts;
    private final Drafts drafts;
    private final AuditEntries audit;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    FailedPublications(RolloutRepository rollouts, Drafts drafts, AuditEntries audit, ApplicationEventPublisher events, InstantSource clock) {
        this.rollouts = rollouts;
        this.drafts = drafts;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    private record Failed(State state, String why) {}

    /** Its draft can be edited again. One that does not wait for its date any more stays as it is. */
    @Transactional
    public void fail(UUID id, String why) {
        rollouts.takeScheduled(id).ifPresent(rollout -> {
            LOG.warn("Version {} of {} did not go on sale at its date: {}", rollout.number(), rollout.plan(), why);
            rollouts.turn(id, State.FAILED, clock.instant(), why);
            Optional<DraftId> draft = Optional.ofNullable(rollout.draft());
            draft.ifPresent(of -> drafts.released(SELF, of));
            UUID account = draft.map(of -> drafts.byId(SELF, of).subject().account()).orElse(null);
            audit.changed(SELF, "failPublication", account, "rollout", id, rollout.state(), new Failed(State.FAILED, why));
            events.publishEvent(new PublicationFailed(rollouts.byId(id).orElseThrow(), why));
        });
    }
}
