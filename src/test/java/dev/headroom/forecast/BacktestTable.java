package dev.headroom.forecast;

import dev.headroom.forecast.Backtest.Date;
import dev.headroom.forecast.Backtest.Guess;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The back-test as it is published. */
final class BacktestTable {

    private static final String HEAD = """
            | Kind of customer | 25 % | 50 % | 75 % | mean | linear | last month | in the band | date, days | in its band | missed | false |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private BacktestTable() {}

    static String of(Backtest test) {
        StringBuilder table = new StringBuilder(HEAD);
        for (Scenario scenario : Scenario.values()) {
            table.append(row(scenario.title, test, scenario::equals));
        }
        return table.append(row("**All**", test, _ -> true)).toString();
    }

    private static String row(String title, Backtest test, Predicate<Scenario> of) {
        List<Guess> guesses = test.guesses.stream().filter(guess -> of.test(guess.scenario())).toList();
        List<Date> dates = test.dates.stream().filter(date -> of.test(date.scenario())).toList();
        List<Date> came = dates.stream().filter(date -> date.came() != null).toList();
        List<Date> both = came.stream().filter(date -> date.expected() != null).toList();
        StringBuilder row = new StringBuilder("| " + title);
        for (double part : Backtest.PARTS) {
            row.append(cell(median(guesses.stream().filter(guess -> guess.part() == part).toList(), Guess::error)));
        }
        return row.append(cell(mean(guesses, Guess::error)))
                .append(cell(mean(guesses, Guess::linearError)))
                .append(cell(mean(guesses, Guess::lastError)))
                .append(share(guesses.stream().filter(Guess::isCovered).count(), guesses.size()))
                .append(cell(median(both, Date::daysOff)))
                .append(share(came.stream().filter(Date::isCovered).count(), came.size()))
                .append(share(came.size() - both.size(), came.size()))
                .append(share(dates.stream().filter(date -> date.came() == null && date.expected() != null).count(), dates.size() - came.size()))
                .append(" |\n").toString();
    }

    static <T> double mean(List<T> all, ToDoubleFunction<T> value) {
        return all.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    static <T> double median(List<T> all, ToDoubleFunction<T> value) {
        double[] sorted = all.stream().mapToDouble(value).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1).average().orElseThrow();
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? " | –" : String.format(Locale.ROOT, " | %.1f", value);
    }

    private static String share(long part, int whole) {
        return whole == 0 ? " | –" : String.format(Locale.ROOT, " | %.0f %%", 100.0 * part / whole);
    }
}
