package dev.headroom.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.forecast.Backtest.Date;
import dev.headroom.forecast.Backtest.Guess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How good the forecasts are, measured on lives that are known to their end; published in {@code docs/forecast.md}. */
class BacktestTest {

    private static final Path DOCUMENT = Path.of("docs/forecast.md");
    private static final String BEGIN = "<!-- measured -->\n";
    private static final String END = "<!-- /measured -->\n";

    private static Backtest test;

    @BeforeAll
    static void lookBack() {
        test = Backtest.run();
    }

    @Test
    void thePublishedErrorIsTheMeasuredOne() throws IOException {
        String document = Files.readString(DOCUMENT);
        String measured = document.substring(0, document.indexOf(BEGIN)) + BEGIN + "\n" + BacktestTable.of(test) + "\n"
                + document.substring(document.indexOf(END));
        if (Boolean.getBoolean("headroom.write-docs")) {
            Files.writeString(DOCUMENT, measured);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("%s does not tell what is measured: if the method was meant to change, run mvn test -Dtest=BacktestTest -Dheadroom.write-docs=true and commit it", DOCUMENT)
                .isEqualTo(measured);
    }

    @Test
    void thereIsEnoughToMeasure() {
        assertThat(test.guesses).hasSizeGreaterThan(2_000);
        assertThat(test.dates.stream().filter(date -> date.came() != null)).hasSizeGreaterThan(2_000);
    }

    @Test
    void theForecastIsCloserThanBothNaiveOnesOverallAndInNearlyEveryKindOfLife() {
        assertThat(mean(test.guesses)).isLessThan(0.9 * BacktestTable.mean(test.guesses, Guess::linearError));
        assertThat(mean(test.guesses)).isLessThan(0.6 * BacktestTable.mean(test.guesses, Guess::lastError));
        for (Scenario scenario : Scenario.values()) {
            List<Guess> guesses = of(scenario);
            assertThat(mean(guesses)).as(scenario.title).isLessThan(1.1 * BacktestTable.mean(guesses, Guess::linearError));
            assertThat(mean(guesses)).as(scenario.title).isLessThan(1.1 * BacktestTable.mean(guesses, Guess::lastError) + 0.3);
        }
    }

    @Test
    void theMoreOfTheMonthIsOverTheSmallerTheError() {
        List<Double> errors = Arrays.stream(Backtest.PARTS).boxed()
                .map(part -> BacktestTable.median(test.guesses.stream().filter(guess -> guess.part() == part).toList(), Guess::error)).toList();

        assertThat(errors).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(errors.getFirst()).isLessThan(6);
    }

    @Test
    void aboutFourOutcomesInFiveLieInTheBand() {
        assertThat(share(test.guesses.stream().filter(Guess::isCovered).count(), test.guesses.size())).isBetween(0.74, 0.86);
        for (Scenario scenario : List.of(Scenario.ROUGH, Scenario.OFFICE, Scenario.GROWING, Scenario.SHRINKING, Scenario.SMALL)) {
            assertThat(share(of(scenario).stream().filter(Guess::isCovered).count(), of(scenario).size())).as(scenario.title).isBetween(0.65, 0.95);
        }
    }

    @Test
    void theDateOfALimitIsOffByAFewDays() {
        List<Date> told = test.dates.stream().filter(date -> date.came() != null && date.expected() != null).toList();

        assertThat(BacktestTable.median(told, Date::daysOff)).isLessThan(2);
    }

    private static List<Guess> of(Scenario scenario) {
        return test.guesses.stream().filter(guess -> guess.scenario() == scenario).toList();
    }

    private static double mean(List<Guess> guesses) {
        return BacktestTable.mean(guesses, Guess::error);
    }

    private static double share(long part, int whole) {
        return part / (double) whole;
    }
}
