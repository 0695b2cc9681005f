package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an account used, point by point. Of what adds up and starts again, a point says what it brought; of a largest value, the largest in
 * it; of what is held and of a latest value, how it stood when the point ended.
 *
 * @param starts when each point begins, oldest first
 * @param values one a point, of every feature of which anything is known
 */
public record UsageHistory(List<Instant> starts, Map<FeatureId, List<Long>> values) {

    public UsageHistory {
        starts = List.copyOf(starts);
        values = Map.copyOf(values);
    }

    /** One value a point; zeros for a feature that was never used. */
    public List<Long> of(Feature feature) {
        return values.getOrDefault(feature.id(), Collections.nCopies(starts.size(), 0L));
    }

    /** How long a point is, on the account's clock: a day has 23 to 25 hours. */
    public enum Step {
        DAY,
        HOUR;

        Instant start(Instant at, ZoneId zone) {
            return switch (this) {
                case DAY -> LocalDate.ofInstant(at, zone).atStartOfDay(zone).toInstant();
                case HOUR -> Tallies.hour(at, zone).from();
            };
        }

        /** The beginning of the point that is so many points later, or earlier. */
        Instant plus(Instant start, long points, ZoneId zone) {
            return switch (this) {
                case DAY -> LocalDate.ofInstant(start, zone).plusDays(points).atStartOfDay(zone).toInstant();
                case HOUR -> start.plus(Duration.ofHours(points));
            };
        }
    }

    /**
     * Which points of which account.
     *
     * @param period from the beginning of the first point to the end of the last one
     */
    public record Span(AccountId account, ZoneId zone, Step step, Period period) {

        /** The last points that begin before an instant. */
        public static Span last(AccountId account, ZoneId zone, Step step, int points, Instant until) {
            Instant newest = step.start(until.minus(1, ChronoUnit.MICROS), zone);
            return new Span(account, zone, step, new Period(step.plus(newest, 1L - points, zone), step.plus(newest, 1, zone)));
        }

        /** Without the points that ended before an instant. */
        public Span since(Instant from) {
            return from.isAfter(period.from()) ? new Span(account, zone, step, new Period(step.start(from, zone), period.until())) : this;
        }

        List<Instant> starts() {
            return Stream.iterate(period.from(), period::contains, start -> step.plus(start, 1, zone)).toList();
        }
    }
}
