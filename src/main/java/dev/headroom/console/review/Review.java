package dev.headroom.console.review;

import dev.headroom.account.Account;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.money.Money;
import dev.headroom.quote.Alternative;
import dev.headroom.quote.Quote;
import dev.headroom.reading.ProjectionResult;
import dev.headroom.shown.ShownQuote;
import dev.headroom.storefront.PricingTable;
import dev.headroom.storefront.PricingTable.Listed;
import dev.headroom.revenue.PayingAccounts.Counts;
import dev.headroom.revenue.PayingAccounts.Paid;
import dev.headroom.subscription.AccountSubscription;
import java.math.BigDecimal;
import dev.headroom.value.ValueCase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is told of an account at a review, read at once.
 *
 * @param paid      what it pays, by the ledger of revenue
 * @param counted   what it may use so much of, the most used first
 * @param proposals what its subscriptions could be instead, as real quotes
 * @param products  on sale, of which it has none
 * @param lacking   features of what it has, that it does not have
 */
record Review(
        Account account, CatalogSnapshot catalog, Instant at, List<AccountSubscription> subscriptions, Paid paid, List<Entitlement> counted,
        Map<FeatureId, ProjectionResult> projections, List<Proposal> proposals, List<PricingTable> products, List<Lacking> lacking) {

    /** @param worth absent where the vendor said nothing of what is expected */
    record Proposal(Alternative alternative, Quote quote, ShownQuote shown, @Nullable ValueCase worth) {}

    /** @param in the first plan or add-on that grants it */
    record Lacking(Feature feature, Listed in) {}

    /** What all of it brings a month. */
    Money monthly() {
        return paid.in(account.currency());
    }

    /** What of that is use past limits. */
    Money use() {
        return new Counts(BigDecimal.ZERO, subscriptions.stream().map(each -> paid.of(each.id()).use()).reduce(BigDecimal.ZERO, BigDecimal::add)).use(account.currency());
    }

    /** The limit that most of is used. */
    Optional<Entitlement> nearest() {
        return counted.stream().filter(each -> each.percent() != null && each.percent() > 0).findFirst();
    }

    static long percent(Entitlement of) {
        return Objects.requireNonNullElse(of.percent(), 0L);
    }

    Optional<Proposal> recommended() {
        return proposals.stream().filter(each -> each.alternative().recommended()).findFirst();
    }
}
