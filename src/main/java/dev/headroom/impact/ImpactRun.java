package dev.headroom.impact;

import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.subscription.Subscriptions.Holder;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looking at what one version would do to everybody, a page at a time; it goes on where somebody died.
 *
 * @param next         the version; in the catalogue exactly where {@code among} is present
 * @param fingerprint  of its content
 * @param comparedWith the version on sale when it began; absent where there was none
 * @param beganAt      a whole second: that for which everything is looked at
 * @param total        subscriptions, as far as is known
 * @param done         of them
 * @param position     the last one of the page before; absent before the first
 * @param failure      why it ended early
 * @param summary      present exactly where it is DONE
 * @param linesKept    whether its lines are still there
 * @param among        of a version that is sold, those who are looked at; absent where it is not sold, and then they are all who have another one
 */
public record ImpactRun(
        UUID id, PlanVersion next, String fingerprint, @Nullable PlanVersionId comparedWith, String askedBy, Instant beganAt, State state, int total, int done,
        @Nullable Holder position, @Nullable String failure, @Nullable Instant finishedAt, @Nullable ImpactSummary summary, boolean linesKept,
        @Nullable Segment among) {

    /** The same for another second. */
    ImpactRun at(Instant other) {
        return new ImpactRun(id, next, fingerprint, comparedWith, askedBy, other, state, total, done, position, failure, finishedAt, summary, linesKept, among);
    }

    /** Where it stands. */
    public enum State {
        RUNNING,
        DONE,
        FAILED,
        /** Somebody asked about another content for the same plan or add-on before it was done. */
        SUPERSEDED,
        CANCELED
    }
}
