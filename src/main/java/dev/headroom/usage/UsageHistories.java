package dev.headroom.usage;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.error.HeadroomException;
import dev.headroom.time.Period;
import dev.headroom.usage.HistoryRepository.Found;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What was used when and by whom, read from the totals of hours and of groups. */
@Service
public class UsageHistories {

    /** So many are shown at once. */
    public static final int MOST_POINTS = 750;

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
    }

    /**
     * What was used in one window with certain values of the properties that a meter is grouped by, or with all values that are not told one by
     * one.
     *
     * @param properties by name; a property that the events did not have is null. Empty of the rest
     * @param others     how many groups are the rest together; 0 of one that is told
     */
    public record UsageGroup(Map<String, Object> properties, long used, long others) {}

    /** One window of a feature that has been or is counted. */
    public record Window(AccountId account, FeatureId feature, Period period) {}

    /**
     * The largest groups of one window.
     *
     * @param window of one that rolls, from so many days before now on
     * @param first  how many are told one by one; those beyond are one together
     */
    public record Largest(AccountId account, Feature feature, Period window, int first) {}

    /**
     * Which events are looked for.
     *
     * @param account absent for everybody's, of a day at most
     * @param feature whose own events; absent for every feature's
     * @param event   the caller's id of it; absent for any
     * @param period  in which they happened
     */
    public record EventQuery(@Nullable AccountId account, @Nullable FeatureId feature, @Nullable String event, Period period) {

        /** How much of everybody's events may be looked through at once. */
        public static final Duration LONGEST_OF_EVERYBODY = Duration.ofDays(1);
    }

    /**
     * An event as it was recorded.
     *
     * @param id    the caller's
     * @param moved whether it counted in a later billing period than its time says, because that one was closed
     */
    public record RecordedEvent(
            AccountId account, FeatureId feature, String id, long quantity, Instant at, @Nullable Map<String, Object> properties, boolean moved,
            Instant recordedAt) {

        /** Where it stands in the order of events. */
        public EventMark mark() {
            return new EventMark(at, account, id);
        }

        /** Whether it came over a day after it happened, or was moved. */
        public boolean late() {
            return moved || at.isBefore(recordedAt.minus(Intakes.LATE));
        }
    }

    /** A place in the order of events: by time, then account, then id. */
    public record EventMark(Instant at, AccountId account, String id) {}

    /**
     * What became of the events that were sent on one day in UTC.
     *
     * @param late      of the recorded ones, those that came over a day after they happened
     * @param moved     of the late ones, those that counted in a later billing period than their time says
     * @param duplicate counted before, and therefore not again
     * @param rejected  by the field that was wrong
     */
    public record IntakeDay(LocalDate day, long recorded, long late, long moved, long duplicate, Map<String, Long> rejected) {

        /** However they were wrong. */
        public long allRejected() {
            return rejected.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private final HistoryRepository histories;
    private final EventLogRepository events;
    private final Intakes intake;
    private final IntakeRepository intakes;
    private final Catalog catalog;

    UsageHistories(HistoryRepository histories, EventLogRepository events, Intakes intake, IntakeRepository intakes, Catalog catalog) {
        this.histories = histories;
        this.events = events;
        this.intake = intake;
        this.intakes = intakes;
        this.catalog = catalog;
    }

    /** Every feature that is counted, in all the spans; one statement. */
    public Map<Span, UsageHistory> of(Actor actor, Collection<Span> spans) {
        spans.forEach(span -> actor.require(Permission.READ, span.account().value()));
        List<Feature> counted = catalog.snapshot().features().stream().filter(feature -> feature.meter() != null).toList();
        List<Span> asked = List.copyOf(spans);
        Map<Span, List<Found>> found = histories.points(asked, counted);
        return asked.stream().collect(toMap(span -> span, span -> history(span, counted, found.getOrDefault(span, List.of()))));
    }

    private static UsageHistory history(Span span, List<Feature> counted, List<Found> found) {
        List<Instant> starts = span.starts();
        Map<FeatureId, List<Found>> byFeature = new HashMap<>();
        found.forEach(each -> byFeature.computeIfAbsent(each.feature(), _ -> new ArrayList<>()).add(each));
        Map<FeatureId, List<Long>> values = new HashMap<>();
        counted.stream()
                .filter(feature -> byFeature.containsKey(feature.id()))
                .forEach(feature -> values.put(feature.id(), values(span, starts, feature, byFeature.get(feature.id()))));
        return new UsageHistory(starts, values);
    }

    /** What was found before the first point is what it began with. */
    private static List<Long> values(Span span, List<Instant> starts, Feature feature, List<Found> found) {
        Map<Instant, Long> points = new HashMap<>();
        long standing = 0;
        for (Found each : found) {
            if (each.at() == null) {
                standing = each.used();
            } else {
                points.merge(span.step().start(each.at(), span.zone()), each.used(), Math::addExact);
            }
        }
        HistoryRepository.Kind kind = HistoryRepository.Kind.of(feature);
        List<Long> values = new ArrayList<>(starts.size());
        for (Instant start : starts) {
            Long brought = points.get(start);
            standing = switch (kind) {
                case ADDED, LARGEST -> Objects.requireNonNullElse(brought, 0L);
                case LATEST -> Objects.requireNonNullElse(brought, standing);
                case HELD -> Math.addExact(standing, Objects.requireNonNullElse(brought, 0L));
            };
            values.add(standing);
        }
        return List.copyOf(values);
    }

    /** What was used in whole windows; one in which nothing was is not there. One statement. */
    public Map<Window, Long> windows(Actor actor, Collection<Window> asked) {
        asked.forEach(each -> actor.require(Permission.READ, each.account().value()));
        return asked.isEmpty() ? Map.of() : histories.windows(List.copyOf(asked));
    }

    /** The groups of several windows in which most was used, most first, and last what the rest used together; none of what no meter counts, such as seats. One statement. */
    public Map<Largest, List<UsageGroup>> groups(Actor actor, Collection<Largest> asked) {
        asked.forEach(each -> actor.require(Permission.READ, each.account().value()));
        List<Largest> counted = asked.stream().filter(each -> each.feature().meter() != null).toList();
        return counted.isEmpty() ? Map.of() : histories.groups(counted);
    }

    /**
     * How much accounts used since an instant, or hold now; only Headroom itself may ask, for it crosses accounts. One statement.
     *
     * @return by feature and account; an account that used nothing is not there
     */
    public Map<FeatureId, Map<AccountId, Long>> totals(Actor.System actor, Collection<AccountId> accounts, Collection<Feature> counted, Instant since) {
        return histories.totals(List.copyOf(accounts), List.copyOf(counted), since);
    }

    /**
     * Events one by one, newest first; one statement, or up to four for the event of an id.
     *
     * @param after where the page before ended
     * @throws HeadroomException INVALID_INPUT for everybody's events of more than a day
     */
    public List<RecordedEvent> events(Actor actor, EventQuery query, @Nullable EventMark after, int size) {
        if (query.account() == null) {
            actor.requireEveryAccount(Permission.READ);
            if (Duration.between(query.period().from(), query.period().until()).compareTo(EventQuery.LONGEST_OF_EVERYBODY) > 0) {
                throw HeadroomException.invalid("from", "Without an account, at most a day is looked through");
            }
        } else {
            actor.require(Permission.READ, query.account().value());
        }
        return events.page(query, counted(query.feature()), after, size);
    }

    /** A page of each account, newest first, all from the same place on; one statement. */
    Map<AccountId, List<RecordedEvent>> events(
            Actor actor, Collection<AccountId> accounts, @Nullable FeatureId feature, Period period, @Nullable EventMark after, int size) {
        accounts.forEach(account -> actor.require(Permission.READ, account.value()));
        return events.pages(accounts, period, counted(feature), after, size).stream().collect(groupingBy(RecordedEvent::account));
    }

    private List<Feature> counted(@Nullable FeatureId wanted) {
        return catalog.snapshot().features().stream()
                .filter(feature -> feature.meter() != null && feature.meter().source() == null)
                .filter(feature -> wanted == null || feature.id().equals(wanted))
                .toList();
    }

    /**
     * What became of the events that were sent for an account, newest day first. What was taken against a limit is not in it, nor what was sent
     * for accounts that nobody knows.
     */
    public List<IntakeDay> intake(Actor actor, AccountId account, LocalDate from, LocalDate until) {
        actor.require(Permission.READ, account.value());
        return days(account.value(), from, until);
    }

    /** The same of everybody together, with those of accounts that nobody knows. */
    public List<IntakeDay> intake(Actor actor, LocalDate from, LocalDate until) {
        actor.requireEveryAccount(Permission.READ);
        return days(TermsRepository.EVERYBODY, from, until);
    }

    /** What this node has counted and not written yet is written first; what others have, comes within seconds. */
    private List<IntakeDay> days(UUID account, LocalDate from, LocalDate until) {
        intake.write();
        return intakes.days(account, from, until);
    }
}
