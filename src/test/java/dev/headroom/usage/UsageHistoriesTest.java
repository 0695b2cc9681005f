package dev.headroom.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.account.AccountId;
import dev.headroom.usage.UsageHistories.Span;
import dev.headroom.usage.UsageHistories.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where points begin. */
class UsageHistoriesTest {

    @ParameterizedTest
    @CsvSource({"2026-03-30T00:00:00Z, 23", "2026-10-26T00:00:00Z, 25", "2026-06-02T00:00:00Z, 24"})
    void aDayIsAsLongAsItsZoneMakesIt(Instant until, long hours) {
        List<Instant> starts = last("Europe/Berlin", Step.DAY, 2, until).starts();

        assertThat(starts).hasSize(2);
        assertThat(Duration.between(starts.get(0), starts.get(1)).toHours()).isEqualTo(hours);
    }

    @Test
    void whereTheClockIsHalfAnHourOffHoursAreToo() {
        assertThat(last("Asia/Kolkata", Step.HOUR, 2, Instant.parse("2026-06-01T12:10:00Z")).starts())
                .containsExactly(Instant.parse("2026-06-01T10:30:00Z"), Instant.parse("2026-06-01T11:30:00Z"));
    }

    @Test
    void thePointThatHoldsTheEndIsWholeAndThatWhichBeginsThereIsNot() {
        Span running = last("UTC", Step.DAY, 1, Instant.parse("2026-06-02T00:00:00.000001Z"));
        Span complete = last("UTC", Step.DAY, 1, Instant.parse("2026-06-02T00:00:00Z"));

        assertThat(running.period().until()).isEqualTo("2026-06-03T00:00:00Z");
        assertThat(complete.period().from()).isEqualTo("2026-06-01T00:00:00Z");
        assertThat(complete.period().until()).isEqualTo("2026-06-02T00:00:00Z");
    }

    @Test
    void aSpanIsOnlyMadeShorter() {
        Span week = last("UTC", Step.DAY, 7, Instant.parse("2026-06-08T00:00:00Z"));

        assertThat(week.since(Instant.parse("2026-06-05T17:00:00Z")).starts()).hasSize(3).first().isEqualTo(Instant.parse("2026-06-05T00:00:00Z"));
        assertThat(week.since(Instant.MIN)).isEqualTo(week);
    }

    private static Span last(String zone, Step step, int points, Instant until) {
        return Span.last(new AccountId(new UUID(0, 1)), ZoneId.of(zone), step, points, until);
    }
}
