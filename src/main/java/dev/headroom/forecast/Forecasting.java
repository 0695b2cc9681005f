package dev.headroom.forecast;

import dev.headroom.forecast.Forecast.NotEnoughData;
import dev.headroom.forecast.Forecast.NotEnoughData.Reason;
import dev.headroom.forecast.Forecast.Projected;
import dev.headroom.forecast.LimitReach.NotReached;
import dev.headroom.forecast.LimitReach.Reached;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides whether there is enough to say something, and puts the parts of a forecast together. */
final class Forecasting {

    private static final int DAYS_NEEDED = 14;
    private static final int DAYS_WITH_USAGE_NEEDED = 5;

    private Forecasting() {}

    static Forecast forecast(ForecastFacts facts) {
        if (facts.windowHasEnded()) {
            return asItEnded(facts);
        }
        DailyUsage lived = facts.history().sinceFirstUse();
        NotEnoughData missing = missing(lived);
        return missing == null ? projected(facts, Days.of(facts), lived.last(Pace.DAYS)) : missing;
    }

    private static @Nullable NotEnoughData missing(DailyUsage lived) {
        int days = lived.size();
        int withUsage = lived.last(Pace.DAYS).daysWithUsage();
        if (days == 0) {
            return new NotEnoughData(Reason.NEVER_USED, 0, DAYS_NEEDED);
        }
        if (days < DAYS_NEEDED) {
            return new NotEnoughData(Reason.TOO_FEW_DAYS, days, DAYS_NEEDED);
        }
        return 0 < withUsage && withUsage < DAYS_WITH_USAGE_NEEDED
                ? new NotEnoughData(Reason.TOO_FEW_DAYS_WITH_USAGE, withUsage, DAYS_WITH_USAGE_NEEDED)
                : null;
    }

    private static Course course(ForecastFacts facts, Days days, DailyUsage recent) {
        return switch (facts.quantity()) {
            case CONSUMED -> new ConsumedCourse(facts, days, Pace.of(recent));
            case HELD -> new HeldCourse(facts, days, Drift.of(recent));
        };
    }

    private static Projected projected(ForecastFacts facts, Days days, DailyUsage recent) {
        Course course = course(facts, days, recent);
        Instant end = facts.window().until();
        Instant until = end.isAfter(facts.horizon()) ? facts.horizon() : end;
        Band band = course.at(facts.window(), until);
        LimitSearch search = new LimitSearch(facts, days, course);
        return new Projected(
                until,
                atLeast(facts, (long) Math.floor(band.low())),
                atLeast(facts, Math.round(band.expected())),
                atLeast(facts, (long) Math.ceil(band.high())),
                search.reach(facts.softLimit()),
                search.reach(facts.hardLimit()));
    }

    /** What is consumed stays consumed, also where a number is too large for a double to be exact. */
    private static long atLeast(ForecastFacts facts, long units) {
        return switch (facts.quantity()) {
            case CONSUMED -> Math.max(facts.used(), units);
            case HELD -> units;
        };
    }

    private static Projected asItEnded(ForecastFacts facts) {
        long used = facts.used();
        return new Projected(facts.window().until(), used, used, used, ended(used, facts.softLimit()), ended(used, facts.hardLimit()));
    }

    private static @Nullable LimitReach ended(long used, @Nullable Long limit) {
        return limit == null ? null : used >= limit ? new Reached() : new NotReached();
    }
}
