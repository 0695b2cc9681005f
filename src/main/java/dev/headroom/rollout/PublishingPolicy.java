package dev.headroom.rollout;

import dev.headroom.error.Check;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor holds publishing to.
 *
 * @param editorMayPublish whether whoever edited a draft may publish it
 * @param confirmAbove     with more accounts to be moved than this the key of the plan is to be typed
 * @param riseNoticeDays   the least that are between telling an account of a rise and charging it
 * @param noticeDays       the same of what is no rise
 * @param mostRisePercent  nobody is moved whose price rises by more; absent is no bound
 */
public record PublishingPolicy(boolean editorMayPublish, int confirmAbove, int riseNoticeDays, int noticeDays, @Nullable Integer mostRisePercent) {

    /** What holds until the vendor says something else. */
    public static final PublishingPolicy USUAL = new PublishingPolicy(true, 25, 14, 0, null);

    static final int LONGEST_NOTICE = 365;
    static final int GREATEST_RISE = 10_000;

    private static final int MOST_ACCOUNTS = 1_000_000;

    /** @throws dev.headroom.error.HeadroomException INVALID_INPUT, naming the field */
    PublishingPolicy checked() {
        Check.between("input.confirmAbove", confirmAbove, 0, MOST_ACCOUNTS);
        Check.between("input.riseNoticeDays", riseNoticeDays, 0, LONGEST_NOTICE);
        Check.between("input.noticeDays", noticeDays, 0, LONGEST_NOTICE);
        if (mostRisePercent != null) {
            Check.between("input.mostRisePercent", mostRisePercent, 0, GREATEST_RISE);
        }
        return this;
    }
}
