package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.id.Ids;
import dev.headroom.usage.AcceptedEvent.Share;
import dev.headroom.usage.Reservation.State;
import dev.headroom.usage.Tally.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A consumption whose event passed every check.
 *
 * @param own what the event means for its own meter
 */
record Wish(Consumption consumption, AcceptedEvent event, Share own) {

    AccountId account() {
        return event.account().id();
    }

    Key key(Share counted) {
        return Key.whole(event, counted);
    }

    /** What must fit: the meter itself first, then whatever else adds up the same events. Held back is only what the meter itself counts. */
    List<Share> decided() {
        return holds() ? List.of(own) : Stream.concat(Stream.of(own), event.shares().stream().filter(share -> !share.equals(own) && addsUp(share))).toList();
    }

    private static boolean addsUp(Share share) {
        return Objects.requireNonNull(share.feature().meter()).aggregation().addsUp();
    }

    boolean holds() {
        return consumption.hold() != null;
    }

    @Nullable Reservation reservation(Instant now) {
        Duration hold = consumption.hold();
        return hold == null ? null : new Reservation(
                Ids.next(), account(), event.id(), event.meter().id(), own.window(), own.amount(), event.properties(), event.at(), now.plus(hold), State.OPEN, 0);
    }
}
