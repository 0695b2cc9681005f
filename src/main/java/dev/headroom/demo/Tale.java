package dev.headroom.demo;

import dev.headroom.metrics.ProductLimit;
import dev.headroom.revenue.Revenues.Waited;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * What the vendor's revenue shows in the currency that most of its customers pay in.
 *
 * @param line of each of thirteen months the year that ends with it; the last one is what the console opens with, and the first one what that is held against
 * @param before days until half of those have more who came in the first of these years
 * @param now    of those who came in the last one
 */
record Tale(List<Year> line, int before, int now) {

    /** The year in which nothing was to be seen yet. */
    static final int FIRST = 12;

    /** How it goes: expansion from 12 % to 28 %, net retention from 102 % to 118 %, and half of the new customers have more after 140 days instead of 240. */
    static final Tale WANTED = new Tale(IntStream.rangeClosed(0, FIRST).mapToObj(month -> new Year(0.12 + 0.16 * month / FIRST, -0.10)).toList(), 240, 140);

    private static final double A_HUNDREDTH_IN_DAYS = 2;
    private static final double AT_AN_END = 4;
    private static final double BETWEEN = 0.5;
    private static final int NEVER = 1_000;

    /**
     * Twelve months.
     *
     * @param expansion   of those who paid when they began, as a share of what they paid then
     * @param contraction likewise, negative
     */
    record Year(double expansion, double contraction) {

        double net() {
            return 1 + expansion + contraction;
        }

        private double apartFrom(Year other) {
            return Math.abs(expansion - other.expansion) + Math.abs(contraction - other.contraction);
        }
    }

    /** The begin of a month so many before the one that runs. */
    static Instant month(Instant end, int before) {
        return YearMonth.from(end.atOffset(ZoneOffset.UTC)).minusMonths(before).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static Tale of(List<Life> lives, Instant end) {
        return new Tale(
                IntStream.rangeClosed(0, FIRST).mapToObj(month -> year(lives, month(end, 2 * FIRST - 1 - month), month(end, FIRST - 1 - month))).toList(),
                days(lives, month(end, 2 * FIRST - 1), month(end, FIRST - 1)), days(lives, month(end, FIRST - 1), end));
    }

    /** As far as it has been told. */
    static Year year(List<Life> lives, Instant from, Instant until) {
        List<Life> paid = lives.stream().filter(life -> life.pays().isBefore(from)).toList();
        double start = paid.stream().mapToDouble(life -> life.mrr(from)).sum();
        return new Year(share(paid, from, until, start, by -> by > 0), share(paid, from, until, start, by -> by < 0));
    }

    private static double share(List<Life> of, Instant from, Instant until, double start, DoublePredicate which) {
        return start == 0 ? 0 : of.stream().flatMap(life -> life.rises(from, until).stream()).mapToDouble(Life.Rise::by).filter(which).sum() / start;
    }

    private static int days(List<Life> lives, Instant from, Instant until) {
        List<Waited> watched = lives.stream().filter(life -> !life.pays().isBefore(from) && life.pays().isBefore(until)).map(life -> waited(life, until)).toList();
        return ProductLimit.median(watched).orElse(NEVER);
    }

    private static Waited waited(Life life, Instant until) {
        Instant last = life.grew().filter(at -> at.isBefore(until)).orElse(until);
        return new Waited((int) Duration.between(life.pays(), last).toDays(), last.isBefore(until), 1);
    }

    /** How far it is from another one: a hundredth of what was paid counts like two days, and both ends of the line more than what lies between. */
    double apartFrom(Tale other) {
        double apart = (Math.abs(before - other.before) + Math.abs(now - other.now)) / A_HUNDREDTH_IN_DAYS / 100;
        for (int month = 0; month <= FIRST; month++) {
            apart += line.get(month).apartFrom(other.line.get(month)) * (month % FIRST == 0 ? AT_AN_END : BETWEEN);
        }
        return apart;
    }
}
