package dev.headroom.revenue;

import dev.headroom.catalog.PlanVersionId;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.revenue.Ledger.Counted;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What the first record of a subscription does to the history that was brought of its product: it goes on where that ends, so that nothing begins anew. Only the
 * difference moves, and nobody knows why there is one: more is no expansion.
 *
 * @param fact    as the ledger is to take it
 * @param counted what was counted of the product so far
 * @param ended   of which nothing is counted from then on
 */
record Handover(Fact fact, Counted counted, List<SubscriptionId> ended) {

    /** Something that was brought and has not ended. */
    record Running(SubscriptionId subscription, BigDecimal year, PlanVersionId plan) {}

    /** Whether a fact is the first of its subscription that is paid for, or would be. */
    static boolean wanted(Counted counted, Fact fact) {
        return !counted.ever() && (fact.paused() || fact.yearAfter().signum() > 0);
    }

    /** @param running of the fact's account, currency and product */
    static Optional<Handover> of(Fact fact, List<Running> running) {
        if (running.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal year = running.stream().map(Running::year).reduce(BigDecimal.ZERO, BigDecimal::add);
        Fact goesOn = new Fact(
                fact.id(), fact.account(), fact.subscription(), fact.product(), fact.currency(), year, fact.yearAfter(), GrowthKind.PRICE_INCREASE, true, fact.paused(),
                running.getLast().plan(), fact.planAfter(), fact.cause(), fact.effectiveAt(), fact.at());
        return Optional.of(new Handover(goesOn, new Counted(year, false, true), running.stream().map(Running::subscription).toList()));
    }
}
