package dev.headroom.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Room for events, made in time and given back. */
@HeadroomTest
class PartitionsTest {

    /** Far from the years in which other stories happen. */
    private static final Instant NOW = Instant.parse("2051-03-31T23:30:00Z");

    @Autowired
    PartitionRepository repository;

    private Partitions partitions(Instant now, int keptMonths) {
        return new Partitions(repository, new UsageProperties(4, Duration.ofDays(3), Period.ofMonths(keptMonths)), InstantSource.fixed(now));
    }

    @Test
    void aMonthIsMadeWhenAnEventComesThatHasNone() {
        Partitions partitions = partitions(NOW, 2_000);

        partitions.ensure(List.of(NOW, NOW, Instant.parse("2050-12-31T23:59:59Z")));
        partitions.ensure(List.of(NOW));

        assertThat(repository.months()).contains(YearMonth.of(2051, 3), YearMonth.of(2050, 12)).doesNotContain(YearMonth.of(2051, 1));
    }

    @Test
    void monthsAreMadeAheadAndDroppedOnceEveryEventInThemIsOldEnough() {
        for (YearMonth old : List.of(YearMonth.of(1999, 10), YearMonth.of(1999, 11), YearMonth.of(1999, 12))) {
            repository.make(old);
        }

        partitions(Instant.parse("2000-02-01T00:00:00Z"), 2).roll();

        assertThat(repository.months())
                .contains(YearMonth.of(1999, 12), YearMonth.of(2000, 2), YearMonth.of(2000, 3), YearMonth.of(2000, 4))
                .doesNotContain(YearMonth.of(1999, 10), YearMonth.of(1999, 11));
    }
}
