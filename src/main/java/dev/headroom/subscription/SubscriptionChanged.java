package dev.headroom.subscription;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.pricing.Movement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription is no longer what it was: published in the transaction that recorded it, and stored as a movement.
 *
 * @param id          under which it is stored
 * @param before      absent for a new one
 * @param cause       what led to it, opaque: {@code plan-change:…}, {@code start:…}, {@code stripe:…}
 * @param effectiveAt when it became so at Stripe, as far as that can be read there; at the latest when it was recorded
 * @param at          when it was recorded
 */
public record SubscriptionChanged(
        UUID id, @Nullable AccountSubscription before, AccountSubscription after, Movement movement, String cause, Instant effectiveAt, Instant at) {

    /**
     * What is stored of it about recurring revenue.
     *
     * @param yearBefore twelve months of it in minor units, exact, by the discounts that ran when it was recorded
     * @param dearer     whether it costs more before discounts; a price increase that is not dearer is a discount that left
     * @param paused     whether Stripe asks nobody to pay from then on
     * @param planBefore absent for a new one
     */
    public record Fact(
            UUID id, AccountId account, SubscriptionId subscription, ProductId product, Currency currency, BigDecimal yearBefore, BigDecimal yearAfter,
            GrowthKind growth, boolean dearer, boolean paused, @Nullable PlanVersionId planBefore, PlanVersionId planAfter, String cause,
            Instant effectiveAt, Instant at) {}

    public Fact fact() {
        return new Fact(
                id, after.account(), after.id(), after.product(), after.balance().currency(), movement.year().before(), movement.year().after(),
                movement.growth(), movement.year().dearer(), after.collection().paused(), before == null ? null : before.planItem().planVersion(),
                after.planItem().planVersion(), cause, effectiveAt, at);
    }
}
