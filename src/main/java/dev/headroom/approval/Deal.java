package dev.headroom.approval;

import dev.headroom.subscription.RequestedChange;
import org.jspecify.annotations.Nullable;

/**
 * What is wished, or was agreed.
 *
 * @param change   without the discount as long as it is wished; with the offer that the discount has become once it is agreed
 * @param discount beyond what is on offer
 * @param shown    what it came to when it was wished or agreed
 */
public record Deal(RequestedChange change, @Nullable NegotiatedDiscount discount, DealSnapshot shown) {}
