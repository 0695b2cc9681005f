package dev.headroom.rollout;

import dev.headroom.rollout.RolloutMove.Reason;
import dev.headroom.rollout.RolloutMove.State;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What came of accepting a quote that moves a subscription. */
sealed interface Outcome {

    /** It waits at Stripe. @param dueAt when it is looked at */
    record Waits(UUID change, Instant dueAt) implements Outcome {}

    /** Nobody knows yet: the same quote is accepted again. */
    record Later(Instant dueAt) implements Outcome {}

    /** Nothing came of it, and another quote may do. @param why for people */
    record Again(Reason reason, String why) implements Outcome {}

    record Ended(State as, @Nullable Reason reason, @Nullable String detail, @Nullable UUID change) implements Outcome {

        static Ended failed(Reason reason, @Nullable String detail, @Nullable UUID change) {
            return new Ended(State.FAILED, reason, detail, change);
        }
    }
}
