package dev.headroom.revenue;

import dev.headroom.catalog.PlanVersionId;
import dev.headroom.invoice.UsageBilled;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.revenue.Ledger.Counted;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What the first record of a subscription that is paid for does to the history that was brought of its product: it goes on where that ends, so that nothing begins anew. Only the
 * difference moves, and nobody knows why there is one: more is no expansion.
 *
 * @param fact    as the ledger is to take it
 * @param counted what was counted of the product so far
 * @param ended   of which nothing is counted from then on
 */
record Handover(Fact fact, Counted counted, List<SubscriptionId> ended) {

    /** Something that was brought and has not ended. */
    record Running(SubscriptionId subscription, BigDecimal year, PlanVersionId plan) {}

    /** Whether what recurs begins to be paid for, or would. What was brought may still run then; once it was handed on, it does not. */
    static boolean wanted(Counted counted, Fact fact) {
        return counted.year().signum() == 0 && (fact.paused() || fact.yearAfter().signum() > 0);
    }

    /** Whether use begins to be paid for where nothing else is. */
    static boolean wanted(Counted counted, UsageBilled billed) {
        return counted.whole().signum() == 0 && billed.year().signum() > 0;
    }

    /**
     * @param before  what is counted of the subscription already
     * @param running of the fact's account, currency and product
     */
    static Optional<Handover> of(Fact fact, Counted before, List<Running> running) {
        return running.isEmpty() ? Optional.empty() : Optional.of(new Handover(goesOn(fact, running), new Counted(year(running), before.usage(), before.told(), false, true), ended(running)));
    }

    /** Where use is what is paid: what was brought stands as if it had been the use so far. */
    static Optional<Handover> ofUse(Fact fact, List<Running> running) {
        return running.isEmpty() ? Optional.empty() : Optional.of(new Handover(goesOn(fact, running), new Counted(BigDecimal.ZERO, year(running), 0, false, true), ended(running)));
    }

    private static Fact goesOn(Fact fact, List<Running> running) {
        return new Fact(
                fact.id(), fact.account(), fact.subscription(), fact.product(), fact.currency(), year(running), fact.yearAfter(), GrowthKind.PRICE_INCREASE, true,
                fact.paused(), running.getLast().plan(), fact.planAfter(), fact.cause(), fact.effectiveAt(), fact.at());
    }

    private static BigDecimal year(List<Running> running) {
        return running.stream().map(Running::year).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<SubscriptionId> ended(List<Running> running) {
        return running.stream().map(Running::subscription).toList();
    }
}
