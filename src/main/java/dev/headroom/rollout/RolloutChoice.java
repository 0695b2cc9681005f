package dev.headroom.rollout;

import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.impact.ImpactLine;
import dev.headroom.time.Interval;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
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
        segment.check();
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

    /**
     * Some of those who have another version: whom all of this holds of. An empty list, or an absent amount, holds of everybody.
     *
     * @param versions      numbers of those that they have
     * @param currencies    ISO 4217
     * @param accounts      keys
     * @param mrrFromMinor  inclusive; of one currency
     * @param mrrUntilMinor exclusive
     */
    public record Segment(
            List<Integer> versions, List<Interval> intervals, List<String> currencies, List<String> accounts, @Nullable Long mrrFromMinor, @Nullable Long mrrUntilMinor) {

        /** Whoever has another version. */
        public static final Segment EVERYBODY = new Segment(List.of(), List.of(), List.of(), List.of(), null, null);

        static final int MOST_ACCOUNTS = 1_000;

        public Segment {
            versions = List.copyOf(Objects.requireNonNullElse(versions, List.of()));
            intervals = List.copyOf(Objects.requireNonNullElse(intervals, List.of()));
            currencies = List.copyOf(Objects.requireNonNullElse(currencies, List.of()));
            accounts = List.copyOf(Objects.requireNonNullElse(accounts, List.of()));
        }

        public boolean everybody() {
            return equals(EVERYBODY);
        }

        /** @throws HeadroomException INVALID_INPUT, naming the field */
        void check() {
            if (accounts.size() > MOST_ACCOUNTS) {
                throw HeadroomException.invalid("input.rollout.segment.accounts", "At most " + MOST_ACCOUNTS + " accounts can be named");
            }
            if ((mrrFromMinor != null || mrrUntilMinor != null) && currencies.size() != 1) {
                throw HeadroomException.invalid("input.rollout.segment.currencies", "Amounts of two currencies cannot be compared: name exactly one");
            }
        }

        /**
         * @param number of the version that the line has
         * @param named  the accounts whose keys are named
         */
        boolean holds(ImpactLine line, int number, Set<UUID> named) {
            long mrr = line.mrrBefore().minor();
            return (versions.isEmpty() || versions.contains(number))
                    && (intervals.isEmpty() || intervals.contains(line.interval()))
                    && (currencies.isEmpty() || currencies.contains(line.mrrBefore().currency().getCurrencyCode()))
                    && (accounts.isEmpty() || named.contains(line.account().value()))
                    && (mrrFromMinor == null || mrr >= mrrFromMinor)
                    && (mrrUntilMinor == null || mrr < mrrUntilMinor);
        }
    }
}
