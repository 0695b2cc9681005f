package dev.headroom.overage;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the use of a feature in one window, and how much of it is charged for. A unit is judged by what was included when it was first
 * seen, or at the look before where that was more: so nothing that was included is charged for after a plan became smaller, and what was charged for
 * stays so after it became larger.
 *
 * @param seen    used at the last look
 * @param terms   what held at the last look; absent where nothing was to be paid beyond a limit
 * @param top     up to how much used units are charged for; the last of them are the first to be taken back
 * @param charged units that are charged for
 * @param revision of the counter that was looked at last
 * @param fresh   whether nobody has looked yet
 */
record UsageWindow(AccountId account, FeatureId feature, Period window, long seen, @Nullable PricedLimit terms, long top, long charged, long revision,
        boolean fresh) {

    /** Which window. */
    record Key(AccountId account, FeatureId feature, Instant from) {}

    /**
     * Past how much each unit costs something.
     *
     * @param price id of a {@link MeteredPrice}
     */
    record PricedLimit(long included, UUID price) {}

    /** @param more units to charge for at the price of the terms, or to take back where it is negative */
    record Look(UsageWindow after, long more) {}

    static UsageWindow unseen(AccountId account, FeatureId feature, Period window) {
        return new UsageWindow(account, feature, window, 0, null, 0, 0, 0, true);
    }

    Key key() {
        return new Key(account, feature, window.from());
    }

    /** @param now what holds now; of a window that has ended, what held at its last look */
    Look look(long used, long counted, @Nullable PricedLimit now) {
        if (used < seen) {
            long back = Math.min(charged, Math.max(0, top - used));
            return new Look(after(used, counted, now, Math.min(top, used), charged - back), -back);
        }
        long more = now == null || !fresh && terms == null ? 0 : Math.max(0, used - Math.max(seen, included(now)));
        return new Look(after(used, counted, now, more == 0 ? top : used, Math.addExact(charged, more)), more);
    }

    private long included(PricedLimit now) {
        return terms == null ? now.included() : Math.max(now.included(), terms.included());
    }

    private UsageWindow after(long used, long counted, @Nullable PricedLimit now, long newTop, long newCharged) {
        return new UsageWindow(account, feature, window, used, now, newTop, newCharged, counted, false);
    }
}
