package dev.headroom.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.forecast.Forecast.Projected;
import dev.headroom.forecast.ForecastFacts.Quantity;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A meter that is looked at on Monday, 16 March 2026, at midnight in Berlin, in the middle of its month. */
final class Samples {

    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final LocalDate TODAY = LocalDate.of(2026, 3, 16);

    private Samples() {}

    static Instant midnight(LocalDate day) {
        return day.atStartOfDay(BERLIN).toInstant();
    }

    /** So many days up to yesterday; the operand is how many days ago it was. */
    static List<Long> days(int count, LongUnaryOperator unitsDaysAgo) {
        return LongStream.range(0, count).map(i -> unitsDaysAgo.applyAsLong(count - i)).boxed().toList();
    }

    static LocalDate ago(long days) {
        return TODAY.minusDays(days);
    }

    static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek().ordinal() >= 5;
    }

    static ForecastFacts monthly(List<Long> days, @Nullable Long limit) {
        return facts(Quantity.CONSUMED, days, usedThisMonth(days), at -> Reset.calendarMonth(at, BERLIN), limit);
    }

    static ForecastFacts held(List<Long> levels, @Nullable Long limit) {
        return facts(Quantity.HELD, levels, levels.getLast(), at -> Reset.calendarMonth(at, BERLIN), limit);
    }

    static ForecastFacts facts(Quantity quantity, List<Long> days, long used, Function<Instant, Period> windowAt, @Nullable Long limit) {
        Instant at = midnight(TODAY);
        DailyUsage history = new DailyUsage(TODAY.minusDays(days.size()), days);
        return new ForecastFacts(quantity, history, used, ForecastFacts.windows(at, windowAt), BERLIN, at, null, limit);
    }

    static long usedThisMonth(List<Long> days) {
        int past = TODAY.getDayOfMonth() - 1;
        return days.subList(Math.max(0, days.size() - past), days.size()).stream().mapToLong(Long::longValue).sum();
    }

    static Projected projected(ForecastFacts facts) {
        Forecast forecast = Forecast.of(facts);
        assertThat(forecast).isInstanceOf(Projected.class);
        return (Projected) forecast;
    }
}
