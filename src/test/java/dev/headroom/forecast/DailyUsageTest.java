package dev.headroom.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyUsageTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

    @ParameterizedTest
    @CsvSource({
        // units a day before and after, percent
        "100, 120,  20",
        "100, 100,   0",
        "100,  50, -50",
        "100,   0, -100",
        "200, 201,   1",
        "200, 199,   0",
        "1,     3, 200",
        "1, 9223372036854775807, 9223372036854775807",
    })
    void growthComparesTheLast28DaysWithThe28BeforeInWholePercent(long before, long after, long percent) {
        assertThat(halves(56, before, after).growthPercent()).isEqualTo(percent);
    }

    @Test
    void growthCannotBeSaidOfAnAccountYoungerThanEightWeeksHoweverManyEmptyDaysAreListed() {
        assertThat(halves(55, 1, 2).growthPercent()).isNull();
        assertThat(halves(56, 0, 2).growthPercent()).isNull();
        assertThat(new DailyUsage(FIRST, List.of()).growthPercent()).isNull();
    }

    @Test
    void daysBeforeTheFirstUseDoNotCount() {
        DailyUsage usage = new DailyUsage(FIRST, List.of(0L, 0L, 5L, 0L));

        assertThat(usage.sinceFirstUse()).isEqualTo(new DailyUsage(FIRST.plusDays(2), List.of(5L, 0L)));
        assertThat(usage.until()).isEqualTo(FIRST.plusDays(4));
    }

    @Test
    void aNegativeDayIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DailyUsage(FIRST, List.of(3L, -1L)))
                .withMessage("A day cannot have used less than nothing: [3, -1]");
    }

    private static DailyUsage halves(int days, long before, long after) {
        return new DailyUsage(FIRST, LongStream.range(0, days).map(day -> day < days - 28 ? before : after).boxed().toList());
    }
}
