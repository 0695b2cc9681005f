package dev.headroom.time;

import static dev.headroom.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
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

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // both by the month, both by the year: the next end
        "2026-01-15T08:30:00Z, MONTH, MONTH, 2026-04-01T00:00:00Z, 2026-04-15T08:30:00Z",
        "2026-01-15T08:30:00Z, YEAR,  YEAR,  2026-04-01T00:00:00Z, 2027-01-15T08:30:00Z",
        // what begins is shorter: stepped back from the other's end by months
        "2026-01-15T08:30:00Z, YEAR,  MONTH, 2026-04-01T00:00:00Z, 2026-04-15T08:30:00Z",
        "2026-03-31T00:00:00Z, YEAR,  MONTH, 2026-12-31T00:00:00Z, 2027-01-31T00:00:00Z",
        // what begins is longer: the other's next renewal
        "2026-01-15T08:30:00Z, MONTH, YEAR,  2026-04-01T00:00:00Z, 2026-04-15T08:30:00Z",
        // begun in the second in which the other renews
        "2026-01-15T08:30:00Z, MONTH, MONTH, 2026-04-15T08:30:00Z, 2026-05-15T08:30:00Z",
        // the end of a short month as anchor would be the day of the long ones too
        "2026-01-31T00:00:00Z, MONTH, MONTH, 2026-02-10T00:00:00Z, -",
        "2026-01-31T00:00:00Z, MONTH, MONTH, 2026-04-10T00:00:00Z, -",
        "2026-01-31T00:00:00Z, YEAR,  MONTH, 2026-06-10T00:00:00Z, -",
        "2026-01-31T00:00:00Z, MONTH, MONTH, 2026-03-10T00:00:00Z, 2026-03-31T00:00:00Z",
        "2026-01-29T00:00:00Z, MONTH, MONTH, 2026-02-10T00:00:00Z, -",
        "2026-01-29T00:00:00Z, MONTH, MONTH, 2028-02-10T00:00:00Z, 2028-02-29T00:00:00Z",
        "2026-01-31T00:00:00Z, MONTH, YEAR,  2026-04-10T00:00:00Z, 2026-04-30T00:00:00Z",
        "2026-01-31T00:00:00Z, MONTH, YEAR,  2026-02-10T00:00:00Z, -",
        // a month of the other's that is longer than one that begins on its first day
        "2026-01-31T00:00:00Z, MONTH, MONTH, 2026-02-28T12:00:00Z, -",
        "2026-01-31T00:00:00Z, MONTH, MONTH, 2026-03-01T12:00:00Z, 2026-03-31T00:00:00Z",
    })
    void whatEndsTogetherEndsWithTheOthersNextPeriodAndWithEachAfterThat(Instant anchor, Interval interval, Interval own, Instant beginning, Instant end) {
        assertThat(new BillingAnchor(anchor).meeting(interval, own, beginning)).isEqualTo(Optional.ofNullable(end));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T00:00:00Z, MONTH, MONTH, 2026-01-10T00:00:00Z, 2026-02-05T00:00:00Z",
        "2026-01-05T00:00:00Z, YEAR,  MONTH, 2026-04-10T00:00:00Z, 2026-05-05T00:00:00Z",
        "2026-01-05T00:00:00Z, MONTH, YEAR,  2026-04-10T00:00:00Z, 2026-05-05T00:00:00Z",
        "2026-01-05T00:00:00Z, YEAR,  YEAR,  2026-04-10T00:00:00Z, 2027-01-05T00:00:00Z",
        // the ends of short months are no day of all months
        "2026-01-31T00:00:00Z, MONTH, MONTH, 2026-02-10T00:00:00Z, 2026-03-31T00:00:00Z",
        "2026-01-31T00:00:00Z, MONTH, MONTH, 2026-04-10T00:00:00Z, 2026-05-31T00:00:00Z",
        "2026-01-31T00:00:00Z, YEAR,  MONTH, 2026-04-10T00:00:00Z, 2026-05-31T00:00:00Z",
        "2026-01-31T00:00:00Z, MONTH, YEAR,  2026-04-10T00:00:00Z, 2026-04-30T00:00:00Z",
        "2026-01-29T00:00:00Z, MONTH, MONTH, 2026-02-10T00:00:00Z, 2026-03-29T00:00:00Z",
        "2028-02-29T00:00:00Z, YEAR,  YEAR,  2028-03-10T00:00:00Z, 2032-02-29T00:00:00Z",
    })
    void whatRunsMeetsTheseAtTheFirstEndFromWhichOnItStaysWithThem(Instant anchor, Interval interval, Interval own, Instant after, Instant meeting) {
        BillingAnchor these = new BillingAnchor(anchor);
        assertThat(these.meetings(interval, own, after).findFirst()).contains(meeting);
        assertThat(these.meets(interval, new BillingAnchor(meeting), own, meeting)).isTrue();
    }

    @Test
    void periodsMeetOrPart() {
        BillingAnchor last = new BillingAnchor(Instant.parse("2026-01-31T00:00:00Z"));
        assertThat(last.meets(Interval.MONTH, new BillingAnchor(Instant.parse("2025-08-31T00:00:00Z")), Interval.MONTH, Instant.parse("2026-02-28T00:00:00Z"))).isTrue();
        assertThat(last.meets(Interval.MONTH, new BillingAnchor(Instant.parse("2026-02-28T00:00:00Z")), Interval.MONTH, Instant.parse("2026-02-28T00:00:00Z"))).isFalse();
        assertThat(last.meets(Interval.MONTH, new BillingAnchor(Instant.parse("2026-01-31T00:00:01Z")), Interval.MONTH, Instant.parse("2026-02-28T00:00:01Z"))).isFalse();
        assertThat(last.meets(Interval.YEAR, new BillingAnchor(Instant.parse("2026-03-31T00:00:00Z")), Interval.MONTH, Instant.parse("2026-04-30T00:00:00Z")))
                .as("the months of a year").isTrue();
    }

    @Test
    void whatEndsTogetherStaysTogether() {
        record Case(BillingAnchor anchor, Interval interval, Interval own, Instant beginning) {}
        forAll(
                random -> new Case(
                        new BillingAnchor(instant(random)),
                        random.nextBoolean() ? Interval.MONTH : Interval.YEAR,
                        random.nextBoolean() ? Interval.MONTH : Interval.YEAR,
                        instant(random)),
                each -> each.anchor().meeting(each.interval(), each.own(), each.beginning()).ifPresent(end -> {
                    assertThat(end).isAfter(each.beginning()).isBeforeOrEqualTo(new BillingAnchor(each.beginning()).period(each.own(), 0).until());
                    BillingAnchor other = new BillingAnchor(end);
                    Instant later = end;
                    for (int n = 0; n < 6; n++) {
                        later = each.own().months() < each.interval().months()
                                ? each.anchor().periodContaining(each.interval(), later).until()
                                : other.periodContaining(each.own(), later).until();
                        assertThat(other.begins(each.own(), later) && each.anchor().begins(each.interval(), later)).as(each + " at " + later).isTrue();
                    }
                }));
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
