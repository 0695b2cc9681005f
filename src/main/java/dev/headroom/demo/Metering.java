package dev.headroom.demo;

import dev.headroom.demo.Life.Stretch;
import dev.headroom.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How much an account uses of one meter: in portions of about a week long ago, daily in the last 60 days and ever after. */
final class Metering {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration RECENT = Duration.ofDays(60);
    private static final double GLOBEX_NOW = 8_000;
    private static final double GLOBEX_GROWTH = 1.2;
    /** Nobody grows for ever. */
    private static final double GLOBEX_MOST = 20_000;
    private static final int QUARTERS = 4;

    private final Life life;
    private final String meter;
    private final List<Stretch> stretches;
    private final Instant end;
    private final List<Double> peaks;
    /** What is not a whole unit yet. */
    private double open;

    Metering(Life life, String meter, List<Stretch> stretches, Dice dice, Instant end) {
        this.life = life;
        this.meter = meter;
        this.stretches = stretches;
        this.end = end;
        this.peaks = stretches.stream()
                .map(stretch -> stretch == stretches.getLast() ? dice.between(0.45, 0.95) : dice.between(0.85, 1.05))
                .toList();
    }

    /** Billing month after billing month, each told when it ends. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int month = 0; monthly(month).isBefore(end); month++) {
            Instant from = monthly(month);
            Instant until = monthly(month + 1);
            Instant told = until.isBefore(end) ? until.minusSeconds(1) : end;
            List<UsageEvent> events = until.isAfter(end.minus(RECENT))
                    ? daily(from, until, 0, days(from, until, end))
                    : portions(from, Duration.between(from, until).dividedBy(QUARTERS), 0, QUARTERS, QUARTERS);
            if (!events.isEmpty()) {
                steps.add(new Step.Use(told, events));
            }
        }
        return steps;
    }

    /**
     * What is used after the history as if the last purchase stood for ever, each day told when it has ended; {@link #steps} first, for
     * it leaves what is not a whole unit yet.
     *
     * @param since days that had ended by then are left out
     */
    List<UsageEvent> afterwards(Instant since, Instant now) {
        double left = open;
        List<UsageEvent> events = new ArrayList<>();
        for (int month = 0; monthly(month).isBefore(now); month++) {
            Instant from = monthly(month);
            Instant until = monthly(month + 1);
            if (until.isAfter(end)) {
                events.addAll(daily(from, until, days(from, until, end), days(from, until, now)));
            }
        }
        open = left;
        return events.stream().filter(event -> ended(event).isAfter(since)).toList();
    }

    /** The last second of the day that an event stands in the middle of. */
    private static Instant ended(UsageEvent event) {
        return Objects.requireNonNull(event.at()).plus(DAY.dividedBy(2)).minusSeconds(1);
    }

    /** How many days of a month are over. */
    private static long days(Instant from, Instant until, Instant at) {
        Instant over = until.isBefore(at) ? until : at.plusSeconds(1);
        return Math.max(0, ChronoUnit.DAYS.between(from, over));
    }

    /** Globex had used its 8,000 when the history ended, however much of the month was over. */
    private List<UsageEvent> daily(Instant from, Instant until, long first, long beyond) {
        boolean soFar = life.company().key().equals("globex") && from.isBefore(end);
        return portions(from, DAY, first, beyond, soFar ? days(from, until, end) : Duration.between(from, until).dividedBy(DAY));
    }

    private List<UsageEvent> portions(Instant from, Duration portion, long first, long beyond, double whole) {
        List<UsageEvent> events = new ArrayList<>();
        for (long i = first; i < beyond; i++) {
            Instant at = from.plus(portion.multipliedBy(i)).plus(portion.dividedBy(2));
            open += inMonth(from, at) / whole;
            long quantity = (long) Math.floor(open + 1e-6);
            open -= quantity;
            if (quantity > 0) {
                events.add(new UsageEvent(meter + ":" + at.getEpochSecond(), life.company().key(), meter, quantity, at, null));
            }
        }
        return events;
    }

    private Instant monthly(int month) {
        return stretches.getFirst().from().atOffset(ZoneOffset.UTC).plusMonths(month).toInstant();
    }

    /** How much a whole month like this moment would use. */
    private double inMonth(Instant monthStart, Instant at) {
        if (life.company().key().equals("globex")) {
            long monthsAgo = Math.round((double) Duration.between(monthStart, end).toDays() / 30.44 - 0.9);
            return Math.min(GLOBEX_MOST, GLOBEX_NOW / Math.pow(GLOBEX_GROWTH, monthsAgo));
        }
        int now = 0;
        while (now + 1 < stretches.size() && !stretches.get(now + 1).from().isAfter(at)) {
            now++;
        }
        Instant from = stretches.get(now).from();
        Instant until = now + 1 < stretches.size() ? stretches.get(now + 1).from() : end;
        double told = Math.min(1, (double) Duration.between(from, at).toSeconds() / Math.max(1, Duration.between(from, until).toSeconds()));
        return stretches.get(now).holding().offering().use() * (0.35 + (peaks.get(now) - 0.35) * told) * weekday(at);
    }

    private static double weekday(Instant at) {
        return switch (at.atOffset(ZoneOffset.UTC).getDayOfWeek()) {
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> 1.2;
            case SATURDAY, SUNDAY -> 0.5;
        };
    }
}
