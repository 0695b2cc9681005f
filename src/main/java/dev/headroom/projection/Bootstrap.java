package dev.headroom.projection;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * How far twelve months may come out from what they are expected to: many courses, each made of whole months that were, drawn with replacement (B. Efron, Bootstrap methods: another look
 * at the jackknife, The Annals of Statistics 7, 1979). A month is drawn whole, because a bad month for churn may be one for expansion as well. The draws are always the same ones.
 */
final class Bootstrap {

    static final int COURSES = 2_000;
    /** Of all courses one in ten is below the band, and one in ten above it. */
    private static final int OUTSIDE = COURSES / 10;
    /** {@link Random} says which numbers follow a seed, whatever runs it. */
    private static final long SEED = 1;

    /** After each month, the courses in no order. */
    private final List<List<Course>> months = new ArrayList<>();

    /** @param steps for each month to come, what it would be if it were as each of those was that are closed */
    Bootstrap(BigDecimal start, List<List<Course.Step>> steps) {
        Random draws = new Random(SEED);
        List<Course> reached = new ArrayList<>();
        for (int course = 0; course < COURSES; course++) {
            reached.add(Course.from(start));
        }
        for (List<Course.Step> month : steps) {
            reached = reached.stream().map(each -> each.after(month.get(draws.nextInt(month.size())), MathContext.DECIMAL128)).toList();
            months.add(reached);
        }
    }

    /** The lowest and the highest that is inside. */
    record Span(BigDecimal low, BigDecimal high) {}

    /** @param month counted from 0 */
    Span span(int month, Function<Course, BigDecimal> measure) {
        List<BigDecimal> sorted = months.get(month).stream().map(measure).sorted().toList();
        return new Span(sorted.get(OUTSIDE), sorted.get(COURSES - 1 - OUTSIDE));
    }
}
