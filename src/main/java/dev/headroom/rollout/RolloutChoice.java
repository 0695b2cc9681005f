package dev.headroom.rollout;

import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.impact.Segment;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a version goes on sale, who of those who have another one is moved to it, and when.
 *
 * @param timing          absent is NEW_ONLY
 * @param segment         absent is everybody
 * @param mostRisePercent whose price rises by more keeps the version that it has; absent is the bound of the policy
 * @param noticeDays      between telling an account and charging it; absent is what the policy says
 * @param publishAt       absent is at once
 * @param zone            in which the date was chosen; present exactly with it
 */
public record RolloutChoice(
        Timing timing, Segment segment, @Nullable Integer mostRisePercent, @Nullable Integer noticeDays, @Nullable Instant publishAt, @Nullable String zone) {

    public RolloutChoice {
        timing = Objects.requireNonNullElse(timing, Timing.NEW_ONLY);
        segment = Objects.requireNonNullElse(segment, Segment.EVERYBODY);
    }

    /** The version is for who comes and who changes; everybody else keeps what they have. */
    public static final RolloutChoice FOR_NEW_ONES = new RolloutChoice(Timing.NEW_ONLY, Segment.EVERYBODY, null, null, null, null);

    /** When those are moved who have another version. */
    public enum Timing {
        /** Nobody is. */
        NEW_ONLY,
        /** With the next period that begins after the notice. */
        AT_RENEWAL,
        /** At once when the notice is over, prorated. */
        NOW
    }

    /** Whether anybody is to be moved. */
    public boolean moves() {
        return timing != Timing.NEW_ONLY;
    }

    /** @throws HeadroomException INVALID_INPUT, naming the field */
    RolloutChoice checked() {
        segment.checked("input.rollout.segment");
        if (mostRisePercent != null) {
            Check.between("input.rollout.mostRisePercent", mostRisePercent, 0, PublishingPolicy.GREATEST_RISE);
        }
        if (noticeDays != null) {
            Check.between("input.rollout.noticeDays", noticeDays, 0, PublishingPolicy.LONGEST_NOTICE);
        }
        if ((publishAt == null) != (zone == null)) {
            throw HeadroomException.invalid("input.rollout.zone", "A date and the zone in which it was chosen go together");
        }
        if (zone != null) {
            known(zone);
        }
        return this;
    }

    private static void known(String zone) {
        try {
            ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            throw HeadroomException.invalid("input.rollout.zone", "Expected the name of a zone, such as Europe/Berlin");
        }
    }
}
