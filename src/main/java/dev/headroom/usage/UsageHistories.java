package dev.headroom.usage;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.usage.HistoryRepository.Found;
import dev.headroom.usage.UsageGroup.Largest;
import dev.headroom.usage.UsageHistory.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Service;

/** What was used when and by whom, read from the totals of hours and of groups. */
@Service
public class UsageHistories {

    private final HistoryRepository histories;
    private final Catalog catalog;

    UsageHistories(HistoryRepository histories, Catalog catalog) {
        this.histories = histories;
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

    /** The groups of several windows in which most was used, most first; one statement. */
    public Map<Largest, List<UsageGroup>> groups(Actor actor, Collection<Largest> asked) {
        asked.forEach(each -> actor.require(Permission.READ, each.account().value()));
        return histories.groups(List.copyOf(asked));
    }

    /**
     * How much accounts used since an instant, or hold now; only Headroom itself may ask, for it crosses accounts. One statement.
     *
     * @return by feature and account; an account that used nothing is not there
     */
    public Map<FeatureId, Map<AccountId, Long>> totals(Actor.System actor, Collection<AccountId> accounts, Collection<Feature> counted, Instant since) {
        return histories.totals(accounts, counted, since);
    }
}
