package dev.headroom.rollout;

import dev.headroom.draft.Draft;
import dev.headroom.impact.ImpactRun;
import dev.headroom.rollout.SubscriberMoves.MoveSubscribersResult;
import dev.headroom.sheet.Finding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of {@link Publications.PublishDraft}; nothing has changed by all but the first. */
public sealed interface PublishDraftResult {

    /** What keeps anybody from being moved, to what is published now or was before. */
    sealed interface Refusal extends PublishDraftResult, MoveSubscribersResult {}

    /** It is on sale, or will be at its date. */
    record DraftPublished(Rollout rollout) implements PublishDraftResult {}

    /** Its revision is not the one that was read. */
    record DraftEditedSince(Draft draft) implements PublishDraftResult {}

    /** @param findings that keep it from being published */
    record DraftHasFindings(Draft draft, List<Finding> findings) implements PublishDraftResult {}

    /** It was published or discarded. */
    record DraftNotOpen(Draft draft) implements PublishDraftResult {}

    /** @param impact absent where there is none */
    record ImpactNotUsable(ImpactFlaw flaw, @Nullable ImpactRun impact) implements Refusal {}

    /** Why an impact says nothing of what is to be published. */
    enum ImpactFlaw {
        UNKNOWN,
        /** Still under way, or ended before it was done. */
        NOT_DONE,
        OTHER_CONTENT,
        OTHER_ON_SALE,
        TOO_OLD
    }

    /**
     * So large a step is confirmed by typing a word.
     *
     * @param confirmation what is to be typed
     * @param accounts     how many would be moved
     */
    record ConfirmationWanted(String confirmation, int accounts) implements Refusal {}

    /** Whoever edited a draft may not publish it. */
    record PublisherIsEditor(Draft draft) implements Refusal {}

    /** Another publication of the plan or add-on has not come to its date, or is still moving somebody. */
    record RolloutNotOver(Rollout rollout) implements Refusal {}

    /** The date is over, or too far ahead. */
    record PublishDateOver(Instant publishAt) implements Refusal {}

    /** @param least days, by the policy */
    record NoticeTooShort(int least) implements Refusal {}

    /** @param most percent, by the policy */
    record RiseAboveBound(int most) implements Refusal {}
}
