package dev.headroom.rollout;

import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.draft.DraftId;
import dev.headroom.impact.Segment;
import dev.headroom.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version that was, or is to be, put on sale, or is sold already, and what becomes of those who have another one.
 *
 * @param draft    that is published; absent, as its revision is, where the version was on sale already
 * @param plan     key of the plan or add-on
 * @param version  that the draft becomes: there is none in the catalogue until it is published
 * @param number   of that version; before it is published, the one that it would have
 * @param previous that was on sale until then; absent where there was none, until it is published, and where it was on sale already
 * @param impact   the run that was looked at
 * @param failure  why it FAILED
 */
public record Rollout(
        UUID id, @Nullable DraftId draft, @Nullable Integer revision, PlanId planId, String plan, PlanVersionId version, int number, @Nullable PlanVersionId previous, UUID impact,
        Terms terms, String reason, State state, Decision decision, Dates dates, @Nullable String failure) {

    /** Where it stands. */
    public enum State {
        /** It waits for its date; nothing of it is on sale, or nobody is moved. */
        SCHEDULED,
        /** On sale; those who are to be moved are. */
        RUNNING,
        /** On sale; nobody is moved until it is resumed. */
        PAUSED,
        /** On sale; nobody is moved any more. */
        STOPPED,
        /** On sale; nobody is left to be moved. */
        DONE,
        /** Taken back before its date. */
        CANCELED,
        /** When its date came it could not be published. */
        FAILED
    }

    /**
     * What was chosen, with what the policy said of it then.
     *
     * @param riseNoticeDays  between telling an account of a rise and charging it
     * @param noticeDays      the same of what is no rise
     * @param mostRisePercent absent is no bound
     */
    public record Terms(RolloutChoice choice, int riseNoticeDays, int noticeDays, @Nullable Integer mostRisePercent) {

        static Terms of(RolloutChoice choice, PublishingPolicy policy) {
            return new Terms(
                    choice, choice.noticeDays() == null ? policy.riseNoticeDays() : choice.noticeDays(), choice.noticeDays() == null ? policy.noticeDays() : choice.noticeDays(),
                    choice.mostRisePercent() == null ? policy.mostRisePercent() : choice.mostRisePercent());
        }
    }

    /** @param by {@link dev.headroom.actor.Actor#name()} */
    public record Decision(String by, Instant at) {}

    /**
     * When what happens to it, or did.
     *
     * @param publishAt when it was decided, where no date was chosen
     * @param withdrawn when the version was taken off sale again
     * @param finished  when nothing more became of it
     */
    public record Dates(Instant publishAt, @Nullable Instant published, @Nullable Instant withdrawn, @Nullable Instant finished) {}

    /** Whether it puts a draft on sale; else it moves people to a version that was. */
    public boolean publishes() {
        return draft != null;
    }

    public RolloutChoice.Timing timing() {
        return terms.choice().timing();
    }

    /** Absent for everybody. */
    public @Nullable Segment segment() {
        return terms.choice().segment().everybody() ? null : terms.choice().segment();
    }

    public @Nullable Integer mostRisePercent() {
        return terms.mostRisePercent();
    }

    public int riseNoticeDays() {
        return terms.riseNoticeDays();
    }

    public int noticeDays() {
        return terms.noticeDays();
    }

    public String decidedBy() {
        return decision.by();
    }

    public Instant decidedAt() {
        return decision.at();
    }

    public Instant publishAt() {
        return dates.publishAt();
    }

    /** In which the date was chosen. */
    public @Nullable String zone() {
        return terms.choice().zone();
    }

    public @Nullable Instant publishedAt() {
        return dates.published();
    }

    public @Nullable Instant withdrawnAt() {
        return dates.withdrawn();
    }

    public @Nullable Instant finishedAt() {
        return dates.finished();
    }

    /**
     * How many subscriptions stand where.
     *
     * @param told of how many the accounts were told what comes, wherever they stand
     */
    public record Counts(int waiting, int notified, int moving, int scheduled, int moved, int skipped, int failed, int told) {

        public int total() {
            return over() + waiting + notified + moving + scheduled;
        }

        /** Of how many nothing more becomes, unless they are tried again. */
        public int over() {
            return moved + skipped + failed;
        }
    }

    /**
     * What was moved of one currency: so many subscriptions, and what they were and are as recurring revenue by the quotes of the list.
     */
    public record Revenue(int moved, Money before, Money after) {
    }
}
