package dev.headroom.usage;

import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.time.Period;
import dev.headroom.usage.AcceptedEvent.Share;
import dev.headroom.usage.Tally.Grain;
import dev.headroom.usage.Tally.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Adds events up before they are written, each total once. Unique values are not here: only the database knows which are new. */
final class Tallies {

    private final Map<Key, Tally> tallies = new HashMap<>();

    static Collection<Tally> of(List<AcceptedEvent> events) {
        Tallies sums = new Tallies();
        events.forEach(event -> event.shares().forEach(share -> sums.add(event, share)));
        return sums.tallies.values();
    }

    private void add(AcceptedEvent event, Share share) {
        Aggregation aggregation = Objects.requireNonNull(share.feature().meter()).aggregation();
        if (aggregation == Aggregation.UNIQUE) {
            return;
        }
        add(event, share, Grain.PERIOD, "", share.window(), aggregation);
        add(event, share, Grain.HOUR, "", hour(event.at(), event.account().zone()), aggregation);
        if (!share.group().isEmpty()) {
            boolean rolls = Counters.rolls(share.feature());
            add(event, share, rolls ? Grain.HOUR : Grain.PERIOD, share.group(), rolls ? hour(event.at(), event.account().zone()) : share.window(), aggregation);
        }
    }

    private void add(AcceptedEvent event, Share share, Grain grain, String group, Period window, Aggregation aggregation) {
        Key key = new Key(event.account().id().value(), share.feature().id().value(), grain, group, window);
        tallies.merge(key, new Tally(key, aggregation, share.amount(), event.at()), Tally::and);
    }

    /** The hour on the account's clock that holds an instant: days are made of these, also where the clock is half an hour off. */
    static Period hour(Instant at, ZoneId zone) {
        Instant from = at.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
        return new Period(from, from.plus(Duration.ofHours(1)));
    }
}
