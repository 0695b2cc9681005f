package dev.headroom.console.usage;

import dev.headroom.usage.UsageHistories.Step;
import java.util.Arrays;
import java.util.Locale;

/** How much of a past is looked at, and how finely. */
public enum Range {
    DAY(Step.HOUR, 24),
    WEEK(Step.HOUR, 7 * 24),
    MONTH(Step.DAY, 30),
    QUARTER(Step.DAY, 90),
    YEAR(Step.DAY, 365);

    private final Step step;
    private final int points;

    Range(Step step, int points) {
        this.step = step;
        this.points = points;
    }

    Step step() {
        return step;
    }

    int points() {
        return points;
    }

    /** As it stands in an address. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Range of(String word) {
        return Arrays.stream(values()).filter(range -> range.word().equals(word)).findFirst().orElse(MONTH);
    }
}
