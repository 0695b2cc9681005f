package dev.headroom.forecast;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each complete day brought, in the account's zone and without a gap.
 *
 * @param first  the day of the first total
 * @param totals units a day: what was consumed on it, or what was held when it ended; never negative
 */
public record DailyUsage(LocalDate first, List<Long> totals) {

    private static final int GROWTH_DAYS = 28;

    public DailyUsage {
        totals = List.copyOf(totals);
        if (totals.stream().anyMatch(total -> total < 0)) {
            throw new IllegalArgumentException("A day cannot have used less than nothing: " + totals);
        }
    }

    /** The day after the last total. */
    public LocalDate until() {
        return first.plusDays(totals.size());
    }

    /**
     * By how many percent the last 28 days are above the 28 before, rounded half up; negative when they are below.
     * Absent for an account whose usage began less than 56 days ago. Whole weeks, so that weekdays cancel out.
     */
    public @Nullable Long growthPercent() {
        List<Long> lived = sinceFirstUse().totals;
        if (lived.size() < 2 * GROWTH_DAYS) {
            return null;
        }
        BigInteger now = sum(lived.subList(lived.size() - GROWTH_DAYS, lived.size()));
        BigInteger before = sum(lived.subList(lived.size() - 2 * GROWTH_DAYS, lived.size() - GROWTH_DAYS));
        return before.signum() == 0 ? null : percent(now.subtract(before), before);
    }

    /** Without the days before anything was used: they say when an account came, not what it does. */
    DailyUsage sinceFirstUse() {
        int start = 0;
        while (start < totals.size() && totals.get(start) == 0) {
            start++;
        }
        return from(start);
    }

    /** Its last days, all of them if there are fewer. */
    DailyUsage last(int days) {
        return from(Math.max(0, totals.size() - days));
    }

    private DailyUsage from(int start) {
        return new DailyUsage(first.plusDays(start), totals.subList(start, totals.size()));
    }

    int size() {
        return totals.size();
    }

    double total(int index) {
        return totals.get(index);
    }

    /** Monday is 0. */
    int weekday(int index) {
        return first.plusDays(index).getDayOfWeek().ordinal();
    }

    int daysWithUsage() {
        return (int) totals.stream().filter(total -> total > 0).count();
    }

    private static BigInteger sum(List<Long> totals) {
        return totals.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Half up is the floor of a half more. */
    private static long percent(BigInteger part, BigInteger whole) {
        BigInteger twice = part.multiply(BigInteger.valueOf(200)).add(whole);
        BigInteger[] quotient = twice.divideAndRemainder(whole.shiftLeft(1));
        BigInteger floor = quotient[1].signum() < 0 ? quotient[0].subtract(BigInteger.ONE) : quotient[0];
        return floor.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
    }
}
