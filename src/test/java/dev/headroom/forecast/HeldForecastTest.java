package dev.headroom.forecast;

import static dev.headroom.forecast.Samples.days;
import static dev.headroom.forecast.Samples.held;
import static dev.headroom.forecast.Samples.projected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.forecast.Forecast.Projected;
import dev.headroom.forecast.LimitReach.NotReached;
import dev.headroom.forecast.LimitReach.Reached;
import dev.headroom.forecast.LimitReach.ReachedAt;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldForecastTest {

    @Test
    void whatIsHeldStaysWithoutBeingUsedAgain() {
        Projected projected = projected(held(days(70, _ -> 9), 20L));

        assertThat(projected.expected()).isEqualTo(9);
        assertThat(projected.hard()).isEqualTo(new NotReached());
    }

    @Test
    void aTeamThatGrowsByOneEveryFiveDaysFillsItsSeats() {
        ForecastFacts facts = held(days(71, ago -> 30 - ago / 5), 34L);

        Projected projected = projected(facts);
        assertThat(projected.expected()).as("16 days are left").isCloseTo(33, within(1L));
        assertThat(((ReachedAt) projected.hard()).expected()).isBetween("2026-04-01T00:00:00Z", "2026-04-12T00:00:00Z");
    }

    @Test
    void aTeamThatShrinksIsProjectedBelowWhatItHolds() {
        Projected projected = projected(held(days(71, ago -> 30 + ago / 5), 31L));

        assertThat(projected.expected()).isBetween(25L, 29L);
        assertThat(projected.high()).isGreaterThanOrEqualTo(projected.expected());
    }

    @Test
    void nothingIsHeldBelowZero() {
        Projected projected = projected(held(days(70, ago -> 2 * ago), null));

        assertThat(projected.low()).isZero();
        assertThat(projected.expected()).isZero();
    }

    @Test
    void fortySeatsBoughtAtOnceAreNoTrend() {
        List<Long> bulk = days(70, ago -> ago < 20 ? 90 : 50);

        assertThat(projected(held(bulk, null)).expected()).isEqualTo(90);
    }

    @Test
    void oneOddDayIsNoTrendEither() {
        List<Long> spike = days(70, ago -> ago == 8 ? 500 : 50);

        assertThat(projected(held(spike, null)).expected()).isEqualTo(50);
    }

    @Test
    void aFullAllowanceHasReachedItsLimit() {
        assertThat(projected(held(days(70, _ -> 10), 10L)).hard()).isEqualTo(new Reached());
    }
}
