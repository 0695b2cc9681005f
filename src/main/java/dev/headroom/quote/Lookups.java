package dev.headroom.quote;

import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offers.Availability;
import dev.headroom.subscription.AccountSubscription;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a price depends on and no node remembers.
 *
 * @param expandedAt   when a subscription last brought more
 * @param availability whether an account could take an offer
 */
record Lookups(Function<AccountSubscription, Optional<Instant>> expandedAt, BiFunction<Offer, UUID, Availability> availability) {}
