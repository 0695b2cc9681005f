package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.id.Ids;
import dev.headroom.usage.AcceptedEvent.Share;
import dev.headroom.usage.Reservation.State;
import dev.headroom.usage.Tally.Key;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A consumption whose event passed every check.
 *
 * @param share what the event means for its own meter
 */
record Wish(Consumption consumption, AcceptedEvent event, Share share) {

    AccountId account() {
        return event.account().id();
    }

    Key key() {
        return Key.whole(event, share);
    }

    long amount() {
        return share.amount();
    }

    boolean holds() {
        return consumption.hold() != null;
    }

    @Nullable Reservation reservation(Instant now) {
        Duration hold = consumption.hold();
        return hold == null ? null : new Reservation(
                Ids.next(), account(), event.id(), event.meter().id(), share.window(), share.amount(), event.properties(), now, now.plus(hold), State.OPEN, 0);
    }
}
