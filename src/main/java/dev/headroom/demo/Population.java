package dev.headroom.demo;

import dev.headroom.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes up everybody's biography, from a seed and the end of the history alone. About two fifths of the accounts are there at its
 * beginning, so that two years of growth can be measured; the others arrive until just before its end.
 */
final class Population {

    static final int MONTHS = 26;
    private static final double THERE_AT_FIRST = 0.4;
    private static final int TRIAL_DAYS = 14;
    /** Whoever arrives after so many others has not decided yet. */
    private static final double STILL_TRYING = 0.97;

    private static final int WAYS = 150;
    private static final double NEAR = 0.5;

    private final long seed;
    private final Instant end;
    private final List<Routine> routines;

    Population(long seed, Instant end, List<Company> companies, List<String> firstNames, List<String> lastNames) {
        this.seed = seed;
        this.end = end.truncatedTo(ChronoUnit.SECONDS);
        this.routines = lives(companies).stream().map(life -> routine(life, firstNames, lastNames)).toList();
    }

    List<Biography> biographies() {
        return routines.stream().map(routine -> new Biography(routine.company(), routine.steps())).toList();
    }

    /** What is used after the history, in days that ended after {@code since} and by {@code until}. */
    List<UsageEvent> usesAfterwards(Instant since, Instant until) {
        return routines.stream().flatMap(routine -> routine.usesAfterwards(since, until)).toList();
    }

    /** The first way in which it could have gone for those who pay in dollars that is near to the story, or the nearest of all; the others' is their own. */
    private List<Life> lives(List<Company> companies) {
        List<Life> nearest = List.of();
        double apart = Double.MAX_VALUE;
        for (int way = 0; way < WAYS && apart > NEAR; way++) {
            List<Life> lives = dollars(gone(companies, true, way));
            double now = Tale.of(lives, end).apartFrom(Tale.WANTED);
            nearest = now < apart ? lives : nearest;
            apart = Math.min(apart, now);
        }
        Map<Company, Life> inDollars = nearest.stream().collect(Collectors.toMap(Life::company, Function.identity()));
        return gone(companies, false, 0).stream().map(life -> inDollars.getOrDefault(life.company(), life)).toList();
    }

    private static List<Life> dollars(List<Life> lives) {
        return lives.stream().filter(life -> life.company().inDollars()).toList();
    }

    /** Everybody's, of whom those who pay in dollars, or all others, have grown and shrunk. */
    private List<Life> gone(List<Company> companies, boolean inDollars, int way) {
        List<Life> lives = new ArrayList<>();
        Set<Life> free = new HashSet<>();
        Cast cast = new Cast(end);
        Dice dice = new Dice(seed, "population");
        for (Company company : companies) {
            Optional<Life> scripted = cast.life(company);
            Life life = scripted.orElseGet(() -> arrive(company, (double) lives.size() / companies.size(), dice));
            lives.add(life);
            if (scripted.isEmpty()) {
                free.add(life);
            }
        }
        new Market(new Dice(seed, "market " + way), end).run(lives.stream().filter(life -> life.company().inDollars() == inDollars).toList(), free);
        return lives;
    }

    private Routine routine(Life life, List<String> firstNames, List<String> lastNames) {
        return new Routine(life, new Dice(seed, life.company().key()), end, firstNames, lastNames);
    }

    /** @param share of all accounts that came before */
    private Life arrive(Company company, double share, Dice dice) {
        Life life = new Life(company, atWork(arrival(share, dice), dice));
        boolean tries = share > STILL_TRYING || dice.chance(0.3);
        life.start(life.arrival(), firstPurchase(share < THERE_AT_FIRST, dice), tries ? TRIAL_DAYS : 0);
        return life;
    }

    private Instant arrival(double share, Dice dice) {
        Instant first = monthsBefore(end, MONTHS);
        if (share < THERE_AT_FIRST) {
            return first.plus(Duration.ofHours(dice.below(40 * 24)));
        }
        if (share > STILL_TRYING) {
            return end.minus(Duration.ofDays(TRIAL_DAYS - 5));
        }
        Instant open = first.plus(Duration.ofDays(60));
        double rest = (share - THERE_AT_FIRST) / (1 - THERE_AT_FIRST);
        return open.plus(Duration.ofHours((long) (Duration.between(open, end.minus(Duration.ofDays(3))).toHours() * rest)));
    }

    /** Who has been there for long has more. */
    private static Holding firstPurchase(boolean early, Dice dice) {
        double taste = dice.between(0, 1);
        Holding holding = early ? established(taste) : small(taste);
        return dice.chance(0.2) ? holding.byTheYear().orElse(holding) : holding;
    }

    private static Holding established(double taste) {
        return taste < 0.22 ? Holding.monthly(Offering.ENTERPRISE, 1)
                : taste < 0.45 ? Holding.monthly(Offering.PRO, 1)
                : taste < 0.63 ? Holding.monthly(Offering.TEAM, 50)
                : taste < 0.73 ? Holding.monthly(Offering.TEAM, 25)
                : taste < 0.90 ? Holding.monthly(Offering.GROWTH, 1)
                : Holding.monthly(Offering.SCALE, 1);
    }

    private static Holding small(double taste) {
        return taste < 0.45 ? Holding.monthly(Offering.STARTER, 1)
                : taste < 0.53 ? Holding.monthly(Offering.PRO, 1)
                : taste < 0.72 ? Holding.monthly(Offering.TEAM, 10)
                : taste < 0.77 ? Holding.monthly(Offering.TEAM, 25)
                : taste < 0.96 ? Holding.monthly(Offering.BASIC, 1)
                : Holding.monthly(Offering.GROWTH, 1);
    }

    /** Nobody buys at night. */
    private static Instant atWork(Instant about, Dice dice) {
        return about.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofSeconds(8 * 3600L + dice.below(9 * 3600)));
    }

    static Instant monthsBefore(Instant end, int months) {
        return end.atOffset(ZoneOffset.UTC).minusMonths(months).toInstant();
    }
}
