package dev.headroom.start;

import dev.headroom.account.AccountId;
import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.PriceId;
import dev.headroom.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the token of a start's quote says, and its signature vouches for.
 *
 * @param asked      what was asked for, to ask it again
 * @param trialUntil a whole second
 * @param until      where its first period ends together with another's; absent for a whole period, and a trial
 * @param offers     taken with it, in this order
 * @param due        to be taken from the card
 * @param total      to be taken from the card or the balance
 */
public record StartClaims(
        UUID quote, AccountId account, RequestedStart asked, PriceId price, long quantity, @Nullable Instant trialUntil, @Nullable BundleId bundle,
        List<OfferId> offers, @Nullable Instant until, Instant quotedAt, Instant expiresAt, Money due, Money total) {

    public StartClaims {
        offers = List.copyOf(offers);
    }

    /** Whether what was promised is what would be sold by now; the end of a trial counts from when it was promised. */
    boolean sells(StartTarget now) {
        return price.equals(now.price().id()) && quantity == now.quantity()
                && Objects.equals(bundle, Optional.ofNullable(now.bundle()).map(Bundle::id).orElse(null));
    }
}
