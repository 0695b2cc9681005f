package dev.headroom.forecast;

import dev.headroom.forecast.ForecastFacts.Quantity;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Kinds of customers, each a generator of lives; the same seed lives the same life. */
enum Scenario {
    FLAT("Flat, 10 % noise"),
    ROUGH("Flat, 60 % noise"),
    OFFICE("Office week, 20 % noise"),
    GROWING("Growing 20 % a month, office week, 20 % noise"),
    GROWING_ROUGH("Growing 20 % a month, 50 % noise"),
    SHRINKING("Shrinking 15 % a month, office week"),
    WANDERING("Level wanders 3 % a day"),
    SPIKES("A day of fifteen-fold use every two months"),
    STEP("Doubles from one day to the next"),
    NEW("First use 14 to 45 days ago, office week"),
    SMALL("Three units a working day"),
    SPORADIC("Use on one day in five"),
    STOPPED("Stops for good"),
    SEATS_FLAT("Held: changes one day in sixty"),
    SEATS_GROWING("Held: one to three more, one day in eight"),
    SEATS_BULK("Held: forty more at once"),
    STORAGE_GROWING("Held: grows 10 % a month, noisy"),
    SEATS_SHRINKING("Held: one less, one day in ten");

    static final LocalDate FIRST = LocalDate.of(2025, 9, 1);
    static final int DAYS = 8 * 31 + 130;
    private static final double A_DAY = Math.log(1.2) / 30;

    final String title;

    Scenario(String title) {
        this.title = title;
    }

    Quantity quantity() {
        return compareTo(SEATS_FLAT) < 0 ? Quantity.CONSUMED : Quantity.HELD;
    }

    History live(long seed) {
        RandomGenerator chance = new SplittableRandom(seed * 31 + ordinal());
        List<Long> days = quantity() == Quantity.CONSUMED ? consumed(chance) : held(chance);
        return new History(quantity(), FIRST, days);
    }

    private List<Long> consumed(RandomGenerator chance) {
        double size = Math.exp(chance.nextDouble(3, 9));
        int event = chance.nextInt(50, 250);
        double wander = 1;
        List<Long> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            wander *= Math.exp(0.03 * chance.nextGaussian());
            double noise = chance.nextGaussian();
            double rare = chance.nextDouble();
            double mean = size * switch (this) {
                case FLAT -> noise(0.1, noise);
                case ROUGH -> noise(0.6, noise);
                case OFFICE, NEW -> office(day) * noise(0.2, noise);
                case GROWING -> office(day) * noise(0.2, noise) * Math.exp(A_DAY * (day - 120));
                case GROWING_ROUGH -> noise(0.5, noise) * Math.exp(A_DAY * (day - 120));
                case SHRINKING -> office(day) * noise(0.2, noise) * Math.exp(Math.log(0.85) / 30 * (day - 120));
                case WANDERING -> wander * office(day) * noise(0.1, noise);
                case SPIKES -> office(day) * noise(0.2, noise) * (rare < 1 / 60.0 ? 15 : 1);
                case STEP -> office(day) * noise(0.2, noise) * (day < event ? 1 : 2);
                case STOPPED -> day < event ? office(day) * noise(0.2, noise) : 0;
                case SPORADIC -> rare < 0.2 ? noise(0.5, noise) : 0;
                case SMALL -> office(day) * poisson(chance, 3) / size;
                case SEATS_FLAT, SEATS_GROWING, SEATS_BULK, STORAGE_GROWING, SEATS_SHRINKING -> throw new IllegalStateException(title);
            };
            boolean begun = this != NEW || day >= event;
            days.add(begun ? Math.round(mean) : 0L);
        }
        return days;
    }

    private List<Long> held(RandomGenerator chance) {
        double level = chance.nextInt(20, 200);
        int event = chance.nextInt(50, 250);
        List<Long> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            double rare = chance.nextDouble();
            int some = chance.nextInt(1, 4);
            double noise = chance.nextGaussian();
            level = Math.max(0, level + switch (this) {
                case SEATS_FLAT -> rare < 1 / 120.0 ? 1 : rare < 1 / 60.0 ? -1 : 0;
                case SEATS_GROWING -> rare < 1 / 8.0 ? some : 0;
                case SEATS_BULK -> (rare < 1 / 20.0 ? 1 : 0) + (day == event ? 40 : 0);
                case SEATS_SHRINKING -> rare < 1 / 10.0 ? -1 : 0;
                case STORAGE_GROWING -> level * (Math.log(1.1) / 30 + 0.004 * noise);
                case FLAT, ROUGH, OFFICE, GROWING, GROWING_ROUGH, SHRINKING, WANDERING, SPIKES, STEP, NEW, SMALL, SPORADIC, STOPPED ->
                    throw new IllegalStateException(title);
            });
            days.add(Math.round(level));
        }
        return days;
    }

    /** Of mean 1. */
    private static double noise(double deviation, double gaussian) {
        return Math.exp(deviation * gaussian - deviation * deviation / 2);
    }

    private static double office(int day) {
        DayOfWeek weekday = FIRST.plusDays(day).getDayOfWeek();
        return weekday == DayOfWeek.SUNDAY ? 0 : weekday == DayOfWeek.SATURDAY ? 0.15 : weekday == DayOfWeek.FRIDAY ? 0.8 : 1.2;
    }

    private static int poisson(RandomGenerator chance, double mean) {
        double product = chance.nextDouble();
        int count = 0;
        while (product > Math.exp(-mean)) {
            product *= chance.nextDouble();
            count++;
        }
        return count;
    }
}
