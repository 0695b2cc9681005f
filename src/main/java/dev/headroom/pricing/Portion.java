package dev.headroom.pricing;

import dev.headroom.money.Ratio;
import dev.headroom.time.Period;
import java.time.Instant;

/**
 * How much of a billed period a line covers, by whole seconds.
 *
 * @param covered lies inside {@code whole}
 */
record Portion(Period covered, Period whole) {

    static Portion all(Period period) {
        return new Portion(period, period);
    }

    static Portion after(Instant at, Period whole) {
        return new Portion(new Period(at, whole.until()), whole);
    }

    static Portion until(Instant end, Period whole) {
        return new Portion(new Period(whole.from(), end), whole);
    }

    Ratio ratio() {
        return Ratio.of(covered.seconds(), whole.seconds());
    }
}
