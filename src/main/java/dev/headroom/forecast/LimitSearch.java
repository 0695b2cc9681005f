package dev.headroom.forecast;

import dev.headroom.forecast.LimitReach.NotReached;
import dev.headroom.forecast.LimitReach.Reached;
import dev.headroom.forecast.LimitReach.ReachedAt;
import dev.headroom.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Follows a course day by day through its windows, and finds where it meets a limit. */
final class LimitSearch {

    /** A stretch of one window, at most a day, and what the meter shows at its ends. */
    private record Stretch(Instant from, Instant until, Band before, Band after) {}

    private final ForecastFacts facts;
    private final List<Stretch> stretches;

    LimitSearch(ForecastFacts facts, Days days, Course course) {
        this.facts = facts;
        this.stretches = facts.softLimit() == null && facts.hardLimit() == null ? List.of() : stretches(facts, days, course);
    }

    @Nullable LimitReach reach(@Nullable Long limit) {
        if (limit == null) {
            return null;
        }
        if (facts.used() >= limit) {
            return new Reached();
        }
        Instant earliest = first(limit, Band::high);
        return earliest == null ? new NotReached() : new ReachedAt(first(limit, Band::expected), earliest, first(limit, Band::low));
    }

    private @Nullable Instant first(long limit, ToDoubleFunction<Band> end) {
        for (Stretch stretch : stretches) {
            double before = end.applyAsDouble(stretch.before);
            double after = end.applyAsDouble(stretch.after);
            if (after >= limit) {
                double part = after > before ? Math.max(0, (limit - before) / (after - before)) : 0;
                long millis = Duration.between(stretch.from, stretch.until).toMillis();
                return stretch.from.plusMillis((long) (part * millis));
            }
        }
        return null;
    }

    private static List<Stretch> stretches(ForecastFacts facts, Days days, Course course) {
        List<Stretch> stretches = new ArrayList<>();
        for (Period window : facts.windows()) {
            Instant from = window.from().isBefore(facts.at()) ? facts.at() : window.from();
            Instant end = window.until().isBefore(facts.horizon()) ? window.until() : facts.horizon();
            Band before = from.isBefore(end) ? course.at(window, from) : Band.exactly(0);
            while (from.isBefore(end)) {
                Instant midnight = days.after(from);
                Instant until = midnight.isBefore(end) ? midnight : end;
                Band after = course.at(window, until);
                stretches.add(new Stretch(from, until, before, after));
                from = until;
                before = after;
            }
        }
        return stretches;
    }
}
