package dev.headroom.rollout;

import dev.headroom.catalog.PlanId;
import dev.headroom.rollout.PublishDraftResult.ConfirmationWanted;
import dev.headroom.rollout.PublishDraftResult.NoticeTooShort;
import dev.headroom.rollout.PublishDraftResult.PublishDateOver;
import dev.headroom.rollout.PublishDraftResult.Refusal;
import dev.headroom.rollout.PublishDraftResult.RiseAboveBound;
import dev.headroom.rollout.PublishDraftResult.RolloutNotOver;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.RolloutChoice.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What holds of moving anybody, whether or not what they are moved to is published in the same moment. */
@Service
class MoveRules {

    private static final Duration FARTHEST = Duration.ofDays(366);

    private final RolloutRepository rollouts;
    private final MoveRepository moves;

    MoveRules(RolloutRepository rollouts, MoveRepository moves) {
        this.rollouts = rollouts;
        this.moves = moves;
    }

    /** Before anybody is listed. */
    Optional<Refusal> refusal(PlanId plan, RolloutChoice choice, PublishingPolicy policy, Instant now) {
        return rollouts.notOver(plan).<Refusal>map(RolloutNotOver::new)
                .or(() -> untimely(choice.publishAt(), now))
                .or(() -> beyond(choice, policy));
    }

    private static Optional<Refusal> untimely(@Nullable Instant publishAt, Instant now) {
        return publishAt == null || publishAt.isAfter(now) && !publishAt.isAfter(now.plus(FARTHEST))
                ? Optional.empty()
                : Optional.of(new PublishDateOver(publishAt));
    }

    private static Optional<Refusal> beyond(RolloutChoice choice, PublishingPolicy policy) {
        Integer bound = policy.mostRisePercent();
        Integer asked = choice.mostRisePercent();
        return bound != null && asked != null && asked > bound ? Optional.of(new RiseAboveBound(bound)) : Optional.empty();
    }

    /** Of those who are listed. @param confirmation that was typed */
    Optional<Refusal> refusal(Rollout rollout, @Nullable String confirmation, PublishingPolicy policy, Counts listed) {
        RolloutChoice choice = rollout.terms().choice();
        Integer notice = choice.noticeDays();
        int least = moves.anyRises(rollout.id()) ? Math.max(policy.riseNoticeDays(), policy.noticeDays()) : policy.noticeDays();
        if (notice != null && listed.waiting() > 0 && notice < least) {
            return Optional.of(new NoticeTooShort(least));
        }
        boolean large = listed.waiting() > policy.confirmAbove() || listed.waiting() > 0 && choice.timing() == Timing.NOW;
        return large && !rollout.plan().equals(confirmation) ? Optional.of(new ConfirmationWanted(rollout.plan(), listed.waiting())) : Optional.empty();
    }
}
