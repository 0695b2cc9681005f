package dev.headroom.demo;

import dev.headroom.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    private final long seed;
    private final Instant end;
    private final Dice dice;
    private final List<Routine> routines;

    Population(long seed, Instant end, List<Company> companies, List<String> firstNames, List<String> lastNames) {
        this.seed = seed;
        this.end = end.truncatedTo(ChronoUnit.SECONDS);
        this.dice = new Dice(seed, "population");
        this.routines = lives(companies).stream().map(life -> routine(life, firstNames, lastNames)).toList();
    }

    List<Biography> biographies() {
        return routines.stream().map(routine -> new Biography(routine.company(), routine.steps())).toList();
    }

    /** What is used after the history, in days that ended after {@code since} and by {@code until}. */
    List<UsageEvent> usesAfterwards(Instant since, Instant until) {
        return routines.stream().flatMap(routine -> routine.usesAfterwards(since, until)).toList();
    }

    private List<Life> lives(List<Company> companies) {
        List<Life> lives = new ArrayList<>();
        List<Life> free = new ArrayList<>();
        Cast cast = new Cast(end);
        for (Company company : companies) {
            Optional<Life> scripted = cast.life(company);
            Life life = scripted.orElseGet(() -> arrive(company, (double) lives.size() / companies.size()));
            lives.add(life);
            if (scripted.isEmpty()) {
                free.add(life);
            }
        }
        new Market(new Dice(seed, "market"), end).run(free);
        return lives;
    }

    private Routine routine(Life life, List<String> firstNames, List<String> lastNames) {
        return new Routine(life, new Dice(seed, life.company().key()), end, firstNames, lastNames);
    }

    /** @param share of all accounts that came before */
    private Life arrive(Company company, double share) {
        Life life = new Life(company, atWork(arrival(share)));
        boolean tries = share > STILL_TRYING || dice.chance(0.3);
        life.start(life.arrival(), firstPurchase(), tries ? TRIAL_DAYS : 0);
        return life;
    }

    private Instant arrival(double share) {
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

    private Holding firstPurchase() {
        double taste = dice.between(0, 1);
        Holding holding = taste < 0.36 ? Holding.monthly(Offering.STARTER, 1)
                : taste < 0.48 ? Holding.monthly(Offering.PRO, 1)
                : taste < 0.50 ? Holding.monthly(Offering.ENTERPRISE, 1)
                : taste < 0.66 ? Holding.monthly(Offering.TEAM, 10)
                : taste < 0.76 ? Holding.monthly(Offering.TEAM, 25)
                : taste < 0.79 ? Holding.monthly(Offering.TEAM, 50)
                : taste < 0.95 ? Holding.monthly(Offering.BASIC, 1)
                : Holding.monthly(Offering.GROWTH, 1);
        return dice.chance(0.2) ? holding.byTheYear().orElse(holding) : holding;
    }

    /** Nobody buys at night. */
    private Instant atWork(Instant about) {
        return about.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofSeconds(8 * 3600L + dice.below(9 * 3600)));
    }

    static Instant monthsBefore(Instant end, int months) {
        return end.atOffset(ZoneOffset.UTC).minusMonths(months).toInstant();
    }
}
