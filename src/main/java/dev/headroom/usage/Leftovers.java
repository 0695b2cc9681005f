package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.usage.HistoryRepository.Kind;
import dev.headroom.usage.LeftoverRepository.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import org.springframework.stereotype.Service;

/**
 * What nobody can need any more, and when that is.
 *
 * <p>The values of a window are there to tell a new one from one that was seen: they go 35 days after the window ended, when no event can come
 * for it any more. Those of a window that rolls go with the events of the time when they were last seen, and after 751 days at the earliest: whoever comes
 * again then is new. Those of a window that never starts again stay. Hours are read by charts, which look back 750 days, and by windows that roll and
 * projections, which look back less; they stay as long as events are kept, and 751 days at least. Of what is held every hour stays, since what stands is
 * their sum, and of latest values the last one before, since it stands until the next. Totals of windows and groups always stay.
 *
 * <p>What gave way to a backfill is there to be put back; it goes when that backfill cannot be reversed any more, for its range begins before events are kept.
 */
@Service
class Leftovers {

    /** A point may be a day, and a day 25 hours. */
    private static final Duration LONGEST_LOOK = Duration.ofDays(UsageHistories.MOST_POINTS + 1);
    private static final int AT_ONCE = 500;
    private static final int ROWS_AT_ONCE = 5_000;

    private final LeftoverRepository leftovers;
    private final Catalog catalog;
    private final UsageProperties properties;
    private final InstantSource clock;

    Leftovers(LeftoverRepository leftovers, Catalog catalog, UsageProperties properties, InstantSource clock) {
        this.leftovers = leftovers;
        this.catalog = catalog;
        this.properties = properties;
        this.clock = clock;
    }

    static boolean hoursAreDeleted(Feature feature) {
        return Kind.of(feature) != Kind.HELD;
    }

    /** Hours that begin then or later are kept. */
    Instant hoursKept() {
        Instant now = clock.instant();
        Instant kept = now.atOffset(ZoneOffset.UTC).minus(properties.kept()).toInstant();
        Instant looked = now.minus(LONGEST_LOOK);
        return kept.isBefore(looked) ? kept : looked;
    }

    /** Values of windows that roll are kept if they were seen then or later: no later than events, from which they are counted again. */
    Instant rollingValuesKept() {
        Instant now = clock.instant();
        Instant kept = properties.eventsKept(now);
        Instant looked = now.minus(LONGEST_LOOK);
        return kept.isBefore(looked) ? kept : looked;
    }

    /** Values of windows that end later are kept. */
    Instant valuesKept() {
        return clock.instant().minus(EventCheck.LATEST);
    }

    /** Deletes it, a bounded number of rows in each transaction. */
    void delete() {
        deleteByAccount(hoursKept(), rollingValuesKept());
        deleteValues(valuesKept());
        Instant events = properties.eventsKept(clock.instant());
        untilNoneIsLeft(ROWS_AT_ONCE, most -> leftovers.deleteReplaced(events, most));
    }

    private void deleteByAccount(Instant before, Instant unseenSince) {
        List<Feature> counted = catalog.snapshot().features().stream().filter(feature -> feature.meter() != null).toList();
        List<FeatureId> past = counted.stream().filter(Leftovers::hoursAreDeleted).map(Feature::id).toList();
        List<FeatureId> latest = counted.stream().filter(feature -> Kind.of(feature) == Kind.LATEST).map(Feature::id).toList();
        List<FeatureId> rolling = counted.stream().filter(Counters::rolls).map(Feature::id).toList();
        List<AccountId> page = leftovers.accounts(new UUID(0, 0), AT_ONCE);
        while (!page.isEmpty()) {
            List<AccountId> accounts = page;
            untilNoneIsLeft(ROWS_AT_ONCE, most -> leftovers.deleteHours(accounts, past, latest, before, most));
            untilNoneIsLeft(ROWS_AT_ONCE, most -> leftovers.deleteGroups(accounts, rolling, before, most));
            untilNoneIsLeft(ROWS_AT_ONCE, most -> leftovers.deleteUnseen(accounts, rolling, unseenSince, most));
            page = leftovers.accounts(page.getLast().value(), AT_ONCE);
        }
    }

    private void deleteValues(Instant endedBy) {
        List<Window> page = leftovers.windows(Window.BEFORE_ALL, endedBy, AT_ONCE);
        while (!page.isEmpty()) {
            page.stream().filter(Window::isOver).forEach(window -> untilNoneIsLeft(ROWS_AT_ONCE, most -> leftovers.deleteValues(window, most)));
            page = leftovers.windows(page.getLast(), endedBy, AT_ONCE);
        }
    }

    /** @param delete deletes that many at most and says how many it did */
    static void untilNoneIsLeft(int atOnce, IntUnaryOperator delete) {
        int deleted = atOnce;
        while (deleted == atOnce) {
            deleted = delete.applyAsInt(atOnce);
        }
    }
}
