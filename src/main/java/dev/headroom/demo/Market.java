package dev.headroom.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets accounts grow and shrink so that the vendor's figures climb: within twelve months expansion goes from 12 % to 28 % of the
 * recurring revenue (MRR) a year before, while contraction stays at 10 %; net revenue retention (NRR) therefore from 102 % to 118 %.
 *
 * <p>Month by month it owes so much expansion and so much contraction, lets accounts have it who were there when the year began, and
 * carries over what no account could take.
 */
final class Market {

    private static final int YEAR = 12;
    private static final double EXPANSION_BEFORE = 0.12;
    private static final double EXPANSION_NOW = 0.28;
    private static final double CONTRACTION = 0.10;
    private static final Duration BEFORE_EXPANSION = Duration.ofDays(75);
    private static final Duration BEFORE_CONTRACTION = Duration.ofDays(120);
    /** How far a change may go beyond what is owed; the next months owe less. */
    private static final double TOLERANCE = 1.3;

    private final Dice dice;
    private final Instant end;
    private double expansion;
    private double contraction;

    Market(Dice dice, Instant end) {
        this.dice = dice;
        this.end = end;
    }

    void run(List<Life> lives) {
        year(lives, 2 * YEAR);
        year(lives, YEAR);
    }

    private void year(List<Life> lives, int begin) {
        Instant start = Population.monthsBefore(end, begin);
        List<Life> cohort = lives.stream().filter(life -> life.arrival().isBefore(start)).toList();
        List<Life> newcomers = lives.stream().filter(life -> !life.arrival().isBefore(start)).toList();
        double base = cohort.stream().mapToDouble(Life::mrr).sum();
        for (int month = begin; month > begin - YEAR; month--) {
            expansion += base * rate(month) / YEAR;
            contraction += base * CONTRACTION / YEAR;
            expansion -= grow(cohort, month, expansion);
            contraction -= shrink(cohort, month, contraction);
            if (dice.chance(0.3)) {
                grow(dice.shuffled(newcomers).stream().limit(1).toList(), month, Double.MAX_VALUE);
            }
        }
    }

    /** A year's share: even in the first year, rising through the second, whose mean is that of now. */
    private static double rate(int monthsLeft) {
        return monthsLeft > YEAR ? EXPANSION_BEFORE : EXPANSION_NOW * (0.6 + 0.8 * (YEAR - monthsLeft) / (YEAR - 1));
    }

    private double grow(List<Life> lives, int month, double owed) {
        double done = 0;
        for (Life life : dice.shuffled(lives)) {
            Instant at = momentIn(month);
            if (settled(life, BEFORE_EXPANSION, at)) {
                done += take(life, at, larger(life), owed - done);
            }
        }
        return done;
    }

    private double shrink(List<Life> lives, int month, double owed) {
        double done = 0;
        for (Life life : dice.shuffled(lives)) {
            Instant at = momentIn(month);
            if (settled(life, BEFORE_CONTRACTION, at)) {
                done -= take(life, at, smaller(life), owed - done);
            }
        }
        return done;
    }

    private boolean settled(Life life, Duration time, Instant at) {
        return life.settledFor(time, at) && at.isBefore(end.minus(Duration.ofHours(12)));
    }

    /** Takes one of the choices if one fits. @return by how much MRR rose */
    private double take(Life life, Instant at, List<Holding> choices, double owed) {
        Optional<Holding> chosen = dice.shuffled(choices).stream()
                .filter(choice -> Math.abs(rise(life, choice)) <= owed * TOLERANCE)
                .findFirst();
        double rise = chosen.map(choice -> rise(life, choice)).orElse(0.0);
        chosen.ifPresent(choice -> life.take(at, choice));
        return rise;
    }

    private static double rise(Life life, Holding choice) {
        return choice.mrr() - life.holding(choice.product()).map(Holding::mrr).orElse(0.0);
    }

    private List<Holding> larger(Life life) {
        List<Holding> choices = new ArrayList<>(life.holdings().stream().flatMap(holding -> holding.larger().stream()).toList());
        List.of(Offering.STARTER, Offering.TEAM, Offering.BASIC).stream()
                .filter(entry -> life.holding(entry.product()).isEmpty() && life.holdings().size() < 2)
                .forEach(entry -> choices.add(Holding.monthly(entry, entry.soldBySeat() ? 10 : 1)));
        return choices;
    }

    /** Paying by the year is cheaper by the month, and so counts here too. */
    private static List<Holding> smaller(Life life) {
        List<Holding> choices = new ArrayList<>(life.holdings().stream().flatMap(holding -> holding.smaller().stream()).toList());
        life.holdings().stream().flatMap(holding -> holding.byTheYear().stream()).forEach(choices::add);
        return choices;
    }

    private Instant momentIn(int monthsLeft) {
        return Population.monthsBefore(end, monthsLeft)
                .plus(Duration.ofDays(dice.below(27)))
                .plus(Duration.ofSeconds(dice.below(8 * 3600)));
    }
}
