package dev.headroom.reading;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.entitlement.Meter;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.limits.Limit;
import dev.headroom.reading.ProjectionResult.LimitDate;
import dev.headroom.reading.ProjectionResult.NotEnoughData;
import dev.headroom.reading.ProjectionResult.Projection;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.time.Reset;
import dev.headroom.usage.UsageHistories;
import dev.headroom.usage.UsageHistories.Largest;
import dev.headroom.usage.UsageHistories.Span;
import dev.headroom.usage.UsageHistories.Step;
import dev.headroom.usage.UsageHistories.UsageGroup;
import dev.headroom.usage.UsageHistories.UsageHistory;
import dev.headroom.usage.UsageHistories.Window;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** How an account's meters went and where they are heading. */
@Service
public class Readings {

    private static final int MOST_GROUPS = 100;

    private final Accounts accounts;
    private final Entitlements entitlements;
    private final Catalog catalog;
    private final UsageHistories histories;
    private final InstantSource clock;

    Readings(Accounts accounts, Entitlements entitlements, Catalog catalog, UsageHistories histories, InstantSource clock) {
        this.accounts = accounts;
        this.entitlements = entitlements;
        this.catalog = catalog;
        this.histories = histories;
        this.clock = clock;
    }

    /** Where meters are heading, in their order; one statement. */
    public Map<Meter, ProjectionResult> projections(Actor actor, Collection<Meter> meters) {
        List<Outlook> outlooks = meters.stream().map(meter -> outlook(actor, meter)).toList();
        Map<Span, UsageHistory> found = histories.of(actor, outlooks.stream().map(Outlook::span).distinct().toList());
        Map<Meter, ProjectionResult> projections = new LinkedHashMap<>();
        outlooks.forEach(outlook -> projections.put(outlook.meter(), outlook.projection(Objects.requireNonNull(found.get(outlook.span())))));
        return projections;
    }

    /**
     * What to reckon with of one meter when its window ends, in units.
     *
     * @param projected      whether it could be projected
     * @param until          the end of that window; absent unless it could be projected
     * @param reachesLimitAt when the limit that holds now is reached; absent where that is not expected, or has happened
     */
    public record Expected(Feature feature, long units, boolean projected, @Nullable Instant until, @Nullable Instant reachesLimitAt) {

        /** The same with another figure, for a window of another length. */
        public Expected of(long other) {
            return new Expected(feature, other, projected, until, reachesLimitAt);
        }

        private static Expected of(Feature feature, Projection projection) {
            return new Expected(
                    feature, projection.expected(), true, projection.until(), Optional.ofNullable(projection.reachesLimitAt()).map(LimitDate::at).orElse(null));
        }
    }

    /**
     * The same with a figure for every meter, in their order: of what cannot be projected, what the last complete window held or the running one has already,
     * whichever is more, so that nobody is told early in a window that little is needed. Two statements at most.
     */
    public Map<Meter, Expected> expected(Actor actor, Collection<Meter> meters) {
        Map<Meter, ProjectionResult> projections = projections(actor, meters);
        Map<Meter, Outlook> unprojected = projections.entrySet().stream()
                .filter(each -> each.getValue() instanceof NotEnoughData)
                .collect(toMap(Map.Entry::getKey, each -> outlook(actor, each.getKey())));
        Map<Window, Long> before = histories.windows(actor, unprojected.values().stream().flatMap(each -> each.before().stream()).toList());
        Map<Meter, Expected> expected = new LinkedHashMap<>();
        projections.forEach((meter, found) -> expected.put(meter, switch (found) {
            case Projection projection -> Expected.of(meter.feature(), projection);
            case NotEnoughData _ -> {
                Outlook outlook = Objects.requireNonNull(unprojected.get(meter));
                yield new Expected(meter.feature(), outlook.unprojected(outlook.before().map(before::get).orElse(0L)), false, null, null);
            }
        }));
        return expected;
    }

    Map<Span, UsageHistory> histories(Actor actor, Collection<Span> spans) {
        return histories.of(actor, spans);
    }

    Map<Largest, List<UsageGroup>> groups(Actor actor, Collection<Largest> asked) {
        return histories.groups(actor, asked);
    }

    Outlook outlook(Actor actor, Meter meter) {
        Account account = accounts.byId(actor, meter.account());
        AccountSubscription subscription = entitlements.subscriptions(actor, meter.account()).stream()
                .filter(each -> each.product().equals(meter.feature().product()))
                .findFirst()
                .orElse(null);
        return new Outlook(account, meter, subscription, subscription == null ? null : softLimit(meter, subscription), clock.instant());
    }

    /** The plan's, moved by what add-ons add, as long as what was bought is what holds. */
    private @Nullable Long softLimit(Meter meter, AccountSubscription subscription) {
        Limit limit = subscription.limit(meter.feature(), catalog.snapshot()).limit();
        return Objects.equals(limit.included(), meter.limit()) ? limit.softLimit() : null;
    }

    /**
     * The last points before an instant.
     *
     * @param from  the first point is the one that holds it, if the last ones go back that far
     * @param until exclusive; absent or later than now is just after now, so that the point that runs is the last one
     */
    Span span(Actor actor, Meter meter, Step by, int last, @Nullable Instant from, @Nullable Instant until) {
        Account account = accounts.byId(actor, meter.account());
        Check.between("last", last, 1, UsageHistories.MOST_POINTS);
        Instant now = clock.instant();
        Instant end = until == null || until.isAfter(now) ? now.plus(1, ChronoUnit.MICROS) : until;
        if (!end.isAfter(Reset.EVER.from())) {
            throw HeadroomException.invalid("until", "Nothing was counted before " + Reset.EVER.from());
        }
        if (from != null && !from.isBefore(end)) {
            throw HeadroomException.invalid("from", "Expected an instant before " + end + ", where the points end");
        }
        Span span = Span.last(account.id(), account.zone(), by, last, end);
        return from == null ? span : span.since(from);
    }

    Largest largest(Actor actor, Meter meter, int first) {
        Check.between("first", first, 1, MOST_GROUPS);
        return new Largest(meter.account(), meter.feature(), outlook(actor, meter).looked(), first);
    }
}
