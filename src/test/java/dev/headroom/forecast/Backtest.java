package dev.headroom.forecast;

import dev.headroom.forecast.Forecast.NotEnoughData;
import dev.headroom.forecast.Forecast.Projected;
import dev.headroom.forecast.ForecastFacts.Quantity;
import dev.headroom.forecast.LimitReach.NotReached;
import dev.headroom.forecast.LimitReach.Reached;
import dev.headroom.forecast.LimitReach.ReachedAt;
import dev.headroom.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forecasts the known past from rolling origins: what was said then, and what came. */
final class Backtest {

    static final double[] PARTS = {0.25, 0.5, 0.75};
    /** The constants of the method were chosen with the seeds 1 to 12; these had no say in it. */
    private static final long FIRST_SEED = 101;
    private static final int ACCOUNTS = 8;
    private static final int FIRST_MONTH = 2;
    private static final int LAST_MONTH = 7;
    /** So far it is looked whether a limit was reached. */
    private static final int AHEAD = 120;
    /** The limits that are asked for, in parts of what the month brings in the end. */
    private static final double[] CONSUMED = {0.9, 1.3};
    private static final double[] HELD = {1.05, 1.2};

    /**
     * One forecast of a month's end.
     *
     * @param linear what going on as in the month so far would give
     * @param last   what the month before gave; of a held quantity, what is held now
     */
    record Guess(Scenario scenario, double part, Projected projected, long outcome, double linear, double last) {

        double error() {
            return error(projected.expected());
        }

        double linearError() {
            return error(linear);
        }

        double lastError() {
            return error(last);
        }

        private double error(double guess) {
            return 100 * Math.abs(guess - outcome) / outcome;
        }

        boolean isCovered() {
            return projected.low() <= outcome && outcome <= projected.high();
        }
    }

    /** One forecast of the date of a limit that lies ahead; {@code came} is absent when it was not reached in 120 days. */
    record Date(Scenario scenario, Instant at, LimitReach said, @Nullable Instant came) {

        boolean isCovered() {
            return came != null && said instanceof ReachedAt band && !band.earliest().isAfter(came.plus(Duration.ofHours(12)))
                    && (band.latest() == null || !band.latest().isBefore(came.minus(Duration.ofHours(12))));
        }

        /** What was said to be expected within those days, and absent otherwise. */
        @Nullable Instant expected() {
            return switch (said) {
                case ReachedAt band when band.expected() != null && band.expected().isBefore(at.plus(Duration.ofDays(AHEAD))) -> band.expected();
                case ReachedAt _, NotReached _, Reached _ -> null;
            };
        }

        double daysOff() {
            return Math.abs(Duration.between(came, expected()).toHours()) / 24.0;
        }
    }

    final List<Guess> guesses = new ArrayList<>();
    final List<Date> dates = new ArrayList<>();
    int refused;

    static Backtest run() {
        Backtest all = new Backtest();
        for (Scenario scenario : Scenario.values()) {
            for (long seed = FIRST_SEED; seed < FIRST_SEED + accounts(scenario); seed++) {
                all.follow(scenario, scenario.live(seed));
            }
        }
        return all;
    }

    /** An account is new once in its life, and asked about six times in that of others. */
    private static int accounts(Scenario scenario) {
        return scenario == Scenario.NEW ? 6 * ACCOUNTS : ACCOUNTS;
    }

    private void follow(Scenario scenario, History history) {
        for (int month = FIRST_MONTH; month <= LAST_MONTH; month++) {
            LocalDate first = Scenario.FIRST.plusMonths(month);
            for (double part : PARTS) {
                ask(scenario, history, first, part);
            }
        }
    }

    private void ask(Scenario scenario, History history, LocalDate first, double part) {
        Period window = History.month(first);
        Instant at = History.inside(window, part);
        long outcome = history.outcome(window);
        double[] parts = history.quantity() == Quantity.CONSUMED ? CONSUMED : HELD;
        ForecastFacts facts = history.until(at, Math.round(parts[0] * outcome), Math.round(parts[1] * outcome));
        if (outcome == 0 || scenario == Scenario.NEW && facts.history().sinceFirstUse().size() > 45) {
            return;
        }
        switch (Forecast.of(facts)) {
            case NotEnoughData _ -> refused++;
            case Projected projected -> {
                long last = history.quantity() == Quantity.HELD ? facts.used() : history.outcome(History.month(first.minusMonths(1)));
                guesses.add(new Guess(scenario, part, projected, outcome, linear(history, window, at, part), last));
                note(scenario, at, projected.soft(), history.reached(facts.softLimit(), at, AHEAD));
                note(scenario, at, projected.hard(), history.reached(facts.hardLimit(), at, AHEAD));
            }
        }
    }

    private void note(Scenario scenario, Instant at, LimitReach said, @Nullable Instant came) {
        if (!(said instanceof Reached)) {
            dates.add(new Date(scenario, at, said, came));
        }
    }

    private static double linear(History history, Period window, Instant at, double part) {
        double now = history.shown(at);
        return switch (history.quantity()) {
            case CONSUMED -> now / part;
            case HELD -> now + (now - history.shown(window.from())) / part * (1 - part);
        };
    }
}
