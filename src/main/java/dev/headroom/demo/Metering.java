package dev.headroom.demo;

import dev.headroom.demo.Life.Stretch;
import dev.headroom.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** How much an account uses of one meter: in portions of about a week long ago, daily in the last 60 days. */
final class Metering {

    private static final Duration RECENT = Duration.ofDays(60);
    private static final double GLOBEX_NOW = 8_000;
    private static final double GLOBEX_GROWTH = 1.2;

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
        Instant first = stretches.getFirst().from();
        List<Step> steps = new ArrayList<>();
        for (int month = 0; monthly(first, month).isBefore(end); month++) {
            Instant from = monthly(first, month);
            Instant until = monthly(first, month + 1);
            Instant told = until.isBefore(end) ? until.minusSeconds(1) : end;
            List<UsageEvent> events = events(from, until, told);
            if (!events.isEmpty()) {
                steps.add(new Step.Use(told, events));
            }
        }
        return steps;
    }

    private static Instant monthly(Instant first, int month) {
        return first.atOffset(ZoneOffset.UTC).plusMonths(month).toInstant();
    }

    private List<UsageEvent> events(Instant from, Instant until, Instant told) {
        boolean recent = until.isAfter(end.minus(RECENT));
        long portions = recent ? ChronoUnit.DAYS.between(from, told.plusSeconds(1)) : 4;
        Duration portion = recent ? Duration.ofDays(1) : Duration.between(from, until).dividedBy(4);
        double whole = life.company().key().equals("globex") ? portions : (double) Duration.between(from, until).dividedBy(portion);
        List<UsageEvent> events = new ArrayList<>();
        for (int i = 0; i < portions; i++) {
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

    /** How much a whole month like this moment would use. */
    private double inMonth(Instant monthStart, Instant at) {
        if (life.company().key().equals("globex")) {
            long monthsAgo = Math.round((double) Duration.between(monthStart, end).toDays() / 30.44 - 0.9);
            return GLOBEX_NOW / Math.pow(GLOBEX_GROWTH, monthsAgo);
        }
        int now = 0;
        while (now + 1 < stretches.size() && !stretches.get(now + 1).from().isAfter(at)) {
            now++;
        }
        Instant from = stretches.get(now).from();
        Instant until = now + 1 < stretches.size() ? stretches.get(now + 1).from() : end;
        double told = (double) Duration.between(from, at).toSeconds() / Math.max(1, Duration.between(from, until).toSeconds());
        return stretches.get(now).holding().offering().use() * (0.35 + (peaks.get(now) - 0.35) * told) * weekday(at);
    }

    private static double weekday(Instant at) {
        return switch (at.atOffset(ZoneOffset.UTC).getDayOfWeek()) {
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> 1.2;
            case SATURDAY, SUNDAY -> 0.5;
        };
    }
}
