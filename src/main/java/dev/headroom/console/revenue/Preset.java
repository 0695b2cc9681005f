package dev.headroom.console.revenue;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Ranges that are asked for often, as they are now. */
public enum Preset {
    TRAILING,
    ENDED,
    QUARTER,
    YEAR,
    LAST_YEAR,
    LONGEST;

    private static final int QUARTER_MONTHS = 3;

    /** Its first month, and the first month after it. */
    List<YearMonth> range(YearMonth now) {
        YearMonth end = now.plusMonths(1);
        YearMonth january = now.withMonth(1);
        return switch (this) {
            case TRAILING -> List.of(end.minusMonths(Scope.YEAR), end);
            case ENDED -> List.of(now.minusMonths(Scope.YEAR), now);
            case QUARTER -> List.of(end.minusMonths(QUARTER_MONTHS), end);
            case YEAR -> List.of(january, end);
            case LAST_YEAR -> List.of(january.minusYears(1), january);
            case LONGEST -> List.of(end.minusMonths(Scope.MOST_MONTHS), end);
        };
    }

    static Optional<Preset> of(Scope scope) {
        return Arrays.stream(values()).filter(each -> each.range(scope.now()).equals(List.of(scope.from(), scope.until()))).findFirst();
    }
}
