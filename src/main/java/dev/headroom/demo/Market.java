package dev.headroom.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets accounts grow and shrink so that the vendor's figures climb, see {@link Tale}: of the recurring revenue (MRR) of a year ago, expansion goes from 12 % to
 * 28 % within twelve months, while contraction stays at 10 %.
 *
 * <p>Month by month it looks at what the year that ends with it has so far, and lets accounts have what is missing who were there when that year began. Whoever
 * comes later has a day on which it first takes more.
 */
final class Market {

    private static final int YEAR = Tale.FIRST;
    private static final Duration BEFORE_EXPANSION = Duration.ofDays(75);
    private static final Duration BEFORE_CONTRACTION = Duration.ofDays(120);
    /** Half of those who come have more within the days that are wanted, the others within three times as many. */
    private static final double SOONEST = 0.6;
    private static final double LATEST = 3;
    private static final int MOST = 6;
    /** How far a change may go beyond what is missing; the next months need less. */
    private static final double TOLERANCE = 1.3;

    private final Dice dice;
    private final Instant end;
    private final Map<Life, Instant> firsts = new LinkedHashMap<>();

    Market(Dice dice, Instant end) {
        this.dice = dice;
        this.end = end;
    }

    /** @param free those of them who may do as they like; the others' lives are written already, and count */
    void run(List<Life> lives, Collection<Life> free) {
        List<Life> newcomers = lives.stream().filter(life -> free.contains(life) && !life.pays().isBefore(Tale.month(end, 2 * YEAR - 1))).toList();
        for (int number = 0; number < newcomers.size(); number++) {
            firsts.put(newcomers.get(number), first(newcomers.get(number), number));
        }
        for (int month = 1; month <= 2 * YEAR; month++) {
            month(lives, free, month);
        }
    }

    /** In the last year more of them are soon, because those whose lives are written take their time. */
    private Instant first(Life life, int number) {
        boolean lately = !life.pays().isBefore(Tale.month(end, YEAR - 1));
        double part = number % (lately ? MOST : 2) > 0 ? dice.between(SOONEST, 1) : dice.between(1, LATEST);
        return life.pays().plus(Duration.ofHours((long) (24 * part * (lately ? Tale.WANTED.now() : Tale.WANTED.before()))));
    }

    /** The first year is looked at as far as it has come; after it, always the twelve months that end. */
    private void month(List<Life> lives, Collection<Life> free, int number) {
        int late = Math.max(0, number - YEAR);
        Instant begin = Tale.month(end, 2 * YEAR - 1 - late);
        Instant from = Tale.month(end, 2 * YEAR - number);
        Instant until = Tale.month(end, 2 * YEAR - 1 - number);
        begin(from, until);
        double paid = lives.stream().mapToDouble(life -> life.mrr(begin)).sum();
        Tale.Year told = Tale.year(lives, begin, until);
        Tale.Year wanted = Tale.WANTED.line().get(late);
        double part = Math.min(1, (double) number / YEAR);
        List<Life> cohort = lives.stream().filter(life -> free.contains(life) && life.pays().isBefore(begin)).toList();
        grow(cohort, from, until, paid * (wanted.expansion() * part - told.expansion()));
        shrink(cohort, from, until, paid * (told.contraction() - wanted.contraction() * part));
    }

    /** Those whose first day has come take a little more, whatever is missing. */
    private void begin(Instant from, Instant until) {
        firsts.forEach((life, at) -> {
            if (!at.isBefore(from) && at.isBefore(until) && settled(life, Duration.ZERO, at) && life.grew().isEmpty()) {
                more(life).min(Comparator.comparingDouble(choice -> life.rise(choice))).ifPresent(choice -> life.take(at, choice));
            }
        });
    }

    private void grow(List<Life> lives, Instant from, Instant until, double missing) {
        double done = 0;
        for (Life life : missing > 0 ? dice.shuffled(lives) : List.<Life>of()) {
            Instant at = moment(from, until);
            if (missing > done && settled(life, BEFORE_EXPANSION, at)) {
                done += take(life, at, larger(life), missing - done);
            }
        }
    }

    private void shrink(List<Life> lives, Instant from, Instant until, double missing) {
        double done = 0;
        for (Life life : missing > 0 ? dice.shuffled(lives) : List.<Life>of()) {
            Instant at = moment(from, until);
            if (missing > done && settled(life, BEFORE_CONTRACTION, at)) {
                done -= take(life, at, smaller(life), missing - done);
            }
        }
    }

    private boolean settled(Life life, Duration time, Instant at) {
        return life.settledFor(time, at) && at.isBefore(end.minus(Duration.ofHours(12)));
    }

    /** Takes one of the choices if one fits. @return by how much MRR rose */
    private double take(Life life, Instant at, List<Holding> choices, double missing) {
        Optional<Holding> chosen = dice.shuffled(choices).stream()
                .filter(choice -> Math.abs(life.rise(choice)) <= missing * TOLERANCE)
                .findFirst();
        double rise = chosen.map(choice -> life.rise(choice)).orElse(0.0);
        chosen.ifPresent(choice -> life.take(at, choice));
        return rise;
    }

    private static Stream<Holding> more(Life life) {
        return life.holdings().stream().flatMap(holding -> holding.larger().stream());
    }

    private List<Holding> larger(Life life) {
        List<Holding> choices = new ArrayList<>(more(life).toList());
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

    /** Nobody decides at night. */
    private Instant moment(Instant from, Instant until) {
        long days = Duration.between(from, until).toDays();
        return from.plus(Duration.ofDays(dice.below((int) days))).plus(Duration.ofSeconds(8 * 3600L + dice.below(9 * 3600)));
    }
}
