package dev.headroom.projection;

import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where revenue has come to after some months.
 *
 * @param closing of everybody
 * @param loyal   of those who paid at the start, and of those who came back where they count
 * @param counted what of that net retention counts: the start with all that moved it
 */
record Course(BigDecimal closing, BigDecimal loyal, BigDecimal counted) {

    static Course from(BigDecimal start) {
        return new Course(start, start, start);
    }

    /** What one month does to each unit that it opens with, reckoned once for all courses that come through it. */
    record Step(Map<Flow, BigDecimal> levels, BigDecimal closing, BigDecimal loyal, BigDecimal counted, BigDecimal returned) {

        /** @param rates of which what is lost is at most everything */
        static Step of(Rates rates, RevenueSettings told) {
            Map<Flow, BigDecimal> levels = new EnumMap<>(Flow.class);
            BigDecimal level = BigDecimal.ONE;
            BigDecimal loyal = BigDecimal.ONE;
            BigDecimal counted = BigDecimal.ZERO;
            for (Flow flow : Flow.values()) {
                BigDecimal next = level.add(rates.of(flow)).max(BigDecimal.ZERO);
                BigDecimal moved = next.subtract(level);
                if (flow.ofThoseWhoPay()) {
                    loyal = loyal.add(moved);
                    counted = flow == Flow.PRICE_INCREASE && !told.priceIncrease() ? counted : counted.add(moved);
                }
                levels.put(flow, next);
                level = next;
            }
            return new Step(levels, level, loyal, counted, told.reactivation() ? rates.of(Flow.REACTIVATION) : BigDecimal.ZERO);
        }
    }

    Course after(Step step, MathContext digits) {
        BigDecimal back = closing.multiply(step.returned, digits);
        return new Course(
                closing.multiply(step.closing, digits), loyal.multiply(step.loyal, digits).add(back, digits),
                counted.add(loyal.multiply(step.counted, digits), digits).add(back, digits));
    }
}
