package dev.headroom.forecast;

import static dev.headroom.forecast.Samples.BERLIN;
import static dev.headroom.forecast.Samples.midnight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.forecast.ForecastFacts.Quantity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaysTest {

    @ParameterizedTest
    @CsvSource({
        // today, an instant in Berlin, how much of its day is over; the clocks go forward on 29 March and back on 25 October
        "2026-03-16, 2026-03-16T00:00, 0",
        "2026-03-16, 2026-03-16T12:00, 0.5",
        "2026-03-16, 2026-03-29T12:00, 0.47826",
        "2026-03-16, 2026-03-30T00:00, 0",
        "2026-03-16, 2026-03-30T06:00, 0.25",
        "2026-03-16, 2026-10-25T12:00, 0.52",
        "2026-03-16, 2027-03-15T23:30, 0.979167",
        "2026-07-01, 2026-10-25T23:30, 0.98",
        "2026-07-01, 2026-10-26T23:30, 0.979167",
        "2026-07-01, 2027-07-01T00:00, 0",
    })
    void aPositionIsTheDayAndHowMuchOfItIsOver(LocalDate today, LocalDateTime local, double part) {
        Days days = Days.of(facts(today));
        Instant at = local.atZone(BERLIN).toInstant();
        long day = ChronoUnit.DAYS.between(today, local.toLocalDate());

        assertThat(days.position(at)).isCloseTo(day + part, within(1e-5));
        assertThat(days.after(at)).isEqualTo(midnight(local.toLocalDate().plusDays(1)));
        assertThat(days.weekday((int) day)).isEqualTo(local.getDayOfWeek().ordinal());
    }

    private static ForecastFacts facts(LocalDate today) {
        Instant at = midnight(today);
        return new ForecastFacts(Quantity.CONSUMED, new DailyUsage(today, List.of()), 0, List.of(History.month(today)), BERLIN, at, null, null);
    }
}
