package dev.headroom.quote;

import dev.headroom.money.Money;
import dev.headroom.quote.Alternative.ExpectedCost;
import dev.headroom.subscription.AccountSubscription;
import org.jspecify.annotations.Nullable;

/**
 * What to do with one subscription, of all that was asked about.
 *
 * @param alternative present exactly where the advice is to change
 * @param staying     what it costs to leave it as it is, with what waits for the end of its period
 * @param saving      of twelve months, against staying; negative where the change costs more; absent unless the advice is to change
 * @param reason      for people: what is expected, the limit, when it is reached, and the costs that were compared
 */
record Recommendation(
        AccountSubscription subscription, Advice advice, @Nullable Alternative alternative, ExpectedCost staying, @Nullable Money saving, String reason) {

    /** What to do. */
    enum Advice {
        /** Nothing that was asked about holds what is expected and costs less. */
        STAY,
        CHANGE,
        /** Neither what it is nor anything that was asked about holds what is expected. */
        NOTHING_FITS
    }
}
