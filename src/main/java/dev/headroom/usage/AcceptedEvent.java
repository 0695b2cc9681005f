package dev.headroom.usage;

import dev.headroom.account.Account;
import dev.headroom.catalog.Feature;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that passed every check and knows what it counts towards.
 *
 * @param hash   tells a retry from another event under the same id
 * @param period the billing period it is counted in
 * @param shares one for each feature that counts it; none when no filter lets it through
 */
record AcceptedEvent(
        String id, Account account, Feature meter, long quantity, Instant at, @Nullable Map<String, Object> properties, Period period, long hash,
        List<Share> shares) {

    /** What makes it the same event. */
    record Identity(UUID account, String event) {}

    Identity identity() {
        return new Identity(account.id().value(), id);
    }

    /** The same as something that is only held back: under its id, that is something else. */
    AcceptedEvent held() {
        return new AcceptedEvent(id, account, meter, quantity, at, properties, period, ~hash, shares);
    }

    /** The same in another window of its meter, for what was decided before the account's billing periods moved. */
    AcceptedEvent within(Period window) {
        return meter.reset() != Reset.BILLING_PERIOD ? this : new AcceptedEvent(
                id, account, meter, quantity, at, properties, window, hash, shares.stream().map(share -> share.within(window)).toList());
    }

    /**
     * What it means for one feature.
     *
     * @param window in which it counts
     * @param amount what it counts; 1 for a count, whatever its quantity
     * @param value  for unique values, which
     * @param group  the values of the properties that the feature is grouped by, as JSON; empty where it is not
     */
    record Share(Feature feature, Period window, long amount, String value, String group) {

        private Share within(Period billing) {
            return feature.reset() == Reset.BILLING_PERIOD ? new Share(feature, billing, amount, value, group) : this;
        }
    }
}
