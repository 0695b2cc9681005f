package dev.headroom.preview;

import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription begins with.
 *
 * @param offers     taken with it, in this order
 * @param trialUntil a whole second
 * @param stub       the part of a period that is billed first, of whole seconds; absent for a whole period or a trial
 */
public record Beginning(ItemTerms item, List<OfferId> offers, @Nullable Instant trialUntil, @Nullable Period stub) {

    public Beginning {
        offers = List.copyOf(offers);
    }
}
