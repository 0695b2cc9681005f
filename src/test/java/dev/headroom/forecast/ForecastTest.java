package dev.headroom.forecast;

import static dev.headroom.forecast.Samples.BERLIN;
import static dev.headroom.forecast.Samples.TODAY;
import static dev.headroom.forecast.Samples.ago;
import static dev.headroom.forecast.Samples.days;
import static dev.headroom.forecast.Samples.facts;
import static dev.headroom.forecast.Samples.isWeekend;
import static dev.headroom.forecast.Samples.midnight;
import static dev.headroom.forecast.Samples.monthly;
import static dev.headroom.forecast.Samples.projected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.forecast.Forecast.NotEnoughData;
import dev.headroom.forecast.Forecast.NotEnoughData.Reason;
import dev.headroom.forecast.Forecast.Projected;
import dev.headroom.forecast.ForecastFacts.Quantity;
import dev.headroom.forecast.LimitReach.NotReached;
import dev.headroom.forecast.LimitReach.Reached;
import dev.headroom.forecast.LimitReach.ReachedAt;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {

    private static final Period MARCH = Reset.calendarMonth(midnight(TODAY), BERLIN);
    private static final List<Long> OFFICE = days(70, ago -> isWeekend(ago(ago)) ? 0 : 100);

    @Test
    void eightThousandOfTenGrowingTwentyPercentAMonthIsReachedInAboutTwoMonths() {
        LocalDate today = LocalDate.of(2026, 4, 1);
        List<Long> days = days(90, ago -> Math.round(8000 / 28.2 * Math.pow(1.2, -ago / 30.0)));
        long march = days.subList(90 - 31, 90).stream().mapToLong(Long::longValue).sum();
        Instant at = midnight(today).minusSeconds(60);
        List<Long> untilYesterday = days.subList(0, 89);
        ForecastFacts facts = new ForecastFacts(Quantity.CONSUMED, new DailyUsage(today.minusDays(90), untilYesterday), march,
                ForecastFacts.windows(at, instant -> Reset.calendarMonth(instant, BERLIN)), BERLIN, at, null, 10_000L);

        assertThat(march).isBetween(7_950L, 8_050L);
        assertThat(facts.history().growthPercent()).isBetween(17L, 20L);
        ReachedAt hard = (ReachedAt) projected(facts).hard();
        assertThat(hard.expected()).isBetween("2026-05-20T00:00:00Z", "2026-06-03T00:00:00Z");
        assertThat(hard.earliest()).isBetween("2026-04-20T00:00:00Z", "2026-05-31T00:00:00Z");
    }

    @Test
    void workingDaysAreCountedAndWeekendsAreNot() {
        Projected projected = projected(monthly(OFFICE, 1_450L));

        assertThat(projected.until()).isEqualTo(MARCH.until());
        assertThat(projected.expected()).as("10 working days are over, 12 are left").isEqualTo(2_200);
        ReachedAt hard = (ReachedAt) projected.hard();
        assertThat(hard.expected()).as("half of the fifth working day from Monday on").isEqualTo(midnight(LocalDate.of(2026, 3, 20)).plusSeconds(12 * 3600));
    }

    @Test
    void aLimitThatWouldFallOnAWeekendIsReachedWhenTheWeekBegins() {
        ReachedAt hard = (ReachedAt) projected(monthly(OFFICE, 1_501L)).hard();

        assertThat(LocalDate.ofInstant(hard.expected(), BERLIN)).isEqualTo(LocalDate.of(2026, 3, 23));
    }

    @Test
    void aLimitAboveWhatAMonthBringsIsNotReachedHoweverManyMonthsFollow() {
        assertThat(projected(monthly(OFFICE, 4_000L)).hard()).isEqualTo(new NotReached());
    }

    @Test
    void aMonthWithMoreWorkingDaysReachesWhatThisOneDoesNot() {
        ReachedAt hard = (ReachedAt) projected(monthly(OFFICE, 2_300L)).hard();

        assertThat(LocalDate.ofInstant(hard.expected(), BERLIN)).as("July has 23 of them").isEqualTo(LocalDate.of(2026, 7, 31));
    }

    @ParameterizedTest
    @CsvSource({"3", "10", "17", "31"})
    void oneDayOfTwentyfoldUseHardlyMovesTheDaysThatCome(int daysAgo) {
        List<Long> spiked = days(70, ago -> OFFICE.get((int) (70 - ago)) * (ago == daysAgo ? 20 : 1));

        assertThat(coming(spiked)).isCloseTo(coming(OFFICE), within(36L));
    }

    @Test
    void oneDayWithoutUsageHardlyMovesThemEither() {
        List<Long> outage = days(70, ago -> ago == 4 ? 0 : OFFICE.get((int) (70 - ago)));

        assertThat(coming(outage)).isCloseTo(coming(OFFICE), within(36L));
    }

    @Test
    void aTeamThatDoubledTwoWeeksAgoIsFollowed() {
        List<Long> doubled = days(70, ago -> OFFICE.get((int) (70 - ago)) * (ago <= 14 ? 2 : 1));

        assertThat(coming(doubled)).isCloseTo(2 * coming(OFFICE), within(120L));
    }

    @ParameterizedTest
    @CsvSource({"10", "14", "40", "65"})
    void usageThatStoppedDoesNotComeBack(int daysAgo) {
        List<Long> stopped = days(70, ago -> ago <= daysAgo ? 0 : OFFICE.get((int) (70 - ago)));

        assertThat(coming(stopped)).isZero();
        assertThat(projected(monthly(stopped, 1_000L)).hard()).isEqualTo(new NotReached());
    }

    @Test
    void sporadicUsageIsAveraged() {
        List<Long> everyFifthDay = days(70, ago -> ago % 5 == 0 ? 50 : 0);

        assertThat(coming(everyFifthDay)).isCloseTo(160, within(20L));
    }

    @Test
    void aLimitIsReachedWithItsLastUnit() {
        long used = Samples.usedThisMonth(OFFICE);

        assertThat(projected(monthly(OFFICE, used)).hard()).isEqualTo(new Reached());
        assertThat(projected(monthly(OFFICE, used + 1)).hard()).isInstanceOf(ReachedAt.class);
        assertThat(projected(monthly(OFFICE, used)).soft()).as("no soft limit was given").isNull();
    }

    @Test
    void noisierDaysMakeAWiderBand() {
        Projected calm = projected(monthly(days(70, ago -> 100 + 5 * (ago % 3 - 1)), null));
        Projected noisy = projected(monthly(days(70, ago -> 100 + 60 * (ago % 3 - 1)), null));

        assertThat(noisy.high() - noisy.low()).isGreaterThan(2 * (calm.high() - calm.low()));
    }

    @ParameterizedTest
    @CsvSource({
        // complete days since the first usage, one day with usage every so many: reason, days, needed
        "0,  1, NEVER_USED,                0, 14",
        "13, 1, TOO_FEW_DAYS,             13, 14",
        "70, 28, TOO_FEW_DAYS_WITH_USAGE,  2,  5",
    })
    void tooLittleIsSaidToBeTooLittle(int count, int every, Reason reason, int there, int needed) {
        List<Long> days = days(90, ago -> ago <= count && ago % every == 0 ? 10 : 0);

        assertThat(Forecast.of(monthly(days, 100L))).isEqualTo(new NotEnoughData(reason, there, needed));
    }

    @Test
    void fourteenDaysAreEnough() {
        assertThat(coming(days(14, _ -> 10))).isEqualTo(160);
    }

    @Test
    void aWindowThatEndedStaysAsItWas() {
        ForecastFacts open = monthly(OFFICE, null);
        Period ended = new Period(midnight(LocalDate.of(2026, 2, 1)), midnight(TODAY));
        ForecastFacts facts = new ForecastFacts(
                Quantity.CONSUMED, open.history(), 70, List.of(ended), BERLIN, open.at(), 70L, 71L);

        assertThat(Forecast.of(facts)).isEqualTo(new Projected(ended.until(), 70, 70, 70, new Reached(), new NotReached()));
    }

    @Test
    void aWindowThatBeginsNowIsProjectedFromThePastAlone() {
        Period week = new Period(midnight(TODAY), midnight(TODAY.plusDays(7)));
        DailyUsage history = new DailyUsage(TODAY.minusDays(OFFICE.size()), OFFICE);

        assertThat(projected(with(history, 0, List.of(week))).expected()).isEqualTo(500);
    }

    @Test
    void aDailyLimitIsReachedOnTheFirstDayThatBringsAsMuch() {
        List<Long> mondays = days(70, ago -> ago(ago).getDayOfWeek().ordinal() == 2 ? 100 : 20);
        ForecastFacts facts = facts(Quantity.CONSUMED, mondays, 0, at -> Reset.DAY.window(at, BERLIN, MARCH), 90L);

        ReachedAt hard = (ReachedAt) projected(facts).hard();
        assertThat(LocalDate.ofInstant(hard.expected(), BERLIN)).as("a Wednesday").isEqualTo(LocalDate.of(2026, 3, 18));
    }

    @Test
    void aWindowWithoutEndIsProjectedToTheHorizon() {
        ForecastFacts facts = facts(Quantity.CONSUMED, days(70, _ -> 10), 700, at -> Reset.NEVER.window(at, BERLIN, MARCH), 1_000L);

        Projected projected = projected(facts);
        assertThat(projected.until()).isEqualTo(facts.at().plus(ForecastFacts.HORIZON));
        assertThat(projected.expected()).isCloseTo(700 + 3_650, within(1L));
        assertThat(((ReachedAt) projected.hard()).expected()).isBetween("2026-04-14T00:00:00Z", "2026-04-15T23:00:00Z");
    }

    @Test
    void whatCannotBeIsRefused() {
        ForecastFacts facts = monthly(OFFICE, null);
        Period later = new Period(MARCH.until().plusSeconds(1), MARCH.until().plusSeconds(2));

        assertThatIllegalArgumentException().isThrownBy(() -> with(facts.history(), -1, List.of(MARCH)))
                .withMessage("Units cannot be negative: -1 used");
        assertThatIllegalArgumentException().isThrownBy(() -> with(facts.history(), 0, List.of()))
                .withMessageStartingWith("The first window must have begun");
        assertThatIllegalArgumentException().isThrownBy(() -> with(facts.history(), 0, List.of(MARCH, later)))
                .withMessageStartingWith("A window must begin where the one before ends");
        assertThatIllegalArgumentException().isThrownBy(() -> with(new DailyUsage(TODAY, List.of(1L)), 0, List.of(MARCH)))
                .withMessage("The history must end with the day before 2026-03-15T23:00:00Z, not before 2026-03-17");
    }

    private static ForecastFacts with(DailyUsage history, long used, List<Period> windows) {
        return new ForecastFacts(Quantity.CONSUMED, history, used, windows, BERLIN, midnight(TODAY), null, null);
    }

    /** What is expected of the rest of the month. */
    private static long coming(List<Long> days) {
        return projected(monthly(days, null)).expected() - Samples.usedThisMonth(days);
    }
}
