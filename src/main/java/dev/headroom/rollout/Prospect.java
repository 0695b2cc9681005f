package dev.headroom.rollout;

import dev.headroom.quote.Quote;
import dev.headroom.rollout.RolloutMove.Look;
import dev.headroom.rollout.RolloutMove.Notice;
import dev.headroom.rollout.RolloutMove.Reason;
import dev.headroom.rollout.RolloutMove.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be done with a subscription that waits to be moved. */
sealed interface Prospect {

    /** Its account is told first. @param dueAt when it is looked at again */
    record Announced(Look look, Notice notice, Instant dueAt) implements Prospect {}

    /** Nothing yet. */
    record Later(Instant dueAt) implements Prospect {}

    /** It is moved by accepting this. */
    record Ready(Quote quote) implements Prospect {}

    /** It is not moved. */
    record Ended(State as, Reason reason, @Nullable String detail) implements Prospect {

        static Ended skipped(Reason reason) {
            return new Ended(State.SKIPPED, reason, null);
        }

        static Ended failed(Reason reason, @Nullable String detail) {
            return new Ended(State.FAILED, reason, detail);
        }
    }
}
