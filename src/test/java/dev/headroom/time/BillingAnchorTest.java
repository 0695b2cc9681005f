package dev.headroom.time;

import static dev.headroom.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingAnchorTest {

    @Test
    void theDayOfTheMonthDoesNotDriftThroughShortMonths() {
        BillingAnchor anchor = new BillingAnchor(Instant.parse("2027-01-31T08:30:00Z"));

        assertThat(LongStream.rangeClosed(0, 4).mapToObj(n -> anchor.period(Interval.MONTH, n).from().toString()))
                .containsExactly(
                        "2027-01-31T08:30:00Z",
                        "2027-02-28T08:30:00Z",
                        "2027-03-31T08:30:00Z",
                        "2027-04-30T08:30:00Z",
                        "2027-05-31T08:30:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2028-01-31T00:00:00Z, MONTH,  1, 2028-02-29T00:00:00Z, 2028-03-31T00:00:00Z",
        "2028-02-29T00:00:00Z, YEAR,   1, 2029-02-28T00:00:00Z, 2030-02-28T00:00:00Z",
        "2028-02-29T00:00:00Z, YEAR,   4, 2032-02-29T00:00:00Z, 2033-02-28T00:00:00Z",
        "2026-10-30T12:00:00Z, MONTH, -1, 2026-09-30T12:00:00Z, 2026-10-30T12:00:00Z",
        "2026-12-31T23:59:59Z, MONTH,  2, 2027-02-28T23:59:59Z, 2027-03-31T23:59:59Z",
    })
    void periodsAreCountedFromTheAnchor(Instant anchor, Interval interval, long n, Instant from, Instant until) {
        assertThat(new BillingAnchor(anchor).period(interval, n)).isEqualTo(new Period(from, until));
    }

    @Test
    void theSecondAtWhichAPeriodEndsBelongsToTheNext() {
        BillingAnchor anchor = new BillingAnchor(Instant.parse("2026-01-31T00:00:00Z"));
        Period february = anchor.periodContaining(Interval.MONTH, Instant.parse("2026-02-28T00:00:00Z"));

        assertThat(february.from()).isEqualTo("2026-02-28T00:00:00Z");
        assertThat(anchor.periodContaining(Interval.MONTH, february.from().minusNanos(1)).until()).isEqualTo(february.from());
        assertThat(anchor.periodAfter(Interval.MONTH, february.from()).from()).isEqualTo(february.until());
    }

    @Test
    void periodsTileTimeWithoutGapOrOverlap() {
        record Case(BillingAnchor anchor, Interval interval, Instant instant, long n) {}
        forAll(
                random -> new Case(
                        new BillingAnchor(instant(random)),
                        random.nextBoolean() ? Interval.MONTH : Interval.YEAR,
                        instant(random),
                        random.nextLong(-500, 500)),
                one -> {
                    Period held = one.anchor.periodContaining(one.interval, one.instant);
                    assertThat(held.contains(one.instant)).isTrue();
                    assertThat(one.anchor.periodAfter(one.interval, one.instant).from()).isEqualTo(held.until());
                    assertThat(one.anchor.period(one.interval, one.n).until())
                            .isEqualTo(one.anchor.period(one.interval, one.n + 1).from());
                });
    }

    @Test
    void anEndOfMonthAnchorAlwaysBillsOnTheLastDayOrTheSameDay() {
        forAll(random -> random.nextLong(0, 600), n -> {
            LocalDate day = new BillingAnchor(Instant.parse("2024-01-31T00:00:00Z"))
                    .period(Interval.MONTH, n).from().atOffset(ZoneOffset.UTC).toLocalDate();
            assertThat(day.getDayOfMonth()).isEqualTo(day.lengthOfMonth());
        });
    }

    private static Instant instant(SplittableRandom random) {
        return Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L));
    }
}
