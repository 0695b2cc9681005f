package dev.headroom.quote;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.ProductId;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Which of an account's subscriptions a request is about: the plan's product says so, or the product, or that there is only one. */
sealed interface Meant {

    record One(AccountSubscription subscription) implements Meant {}

    record Unclear(ChangeNotAllowed why) implements Meant {}

    static Meant by(UUID account, RequestedChange change, List<AccountSubscription> live, CatalogSnapshot catalog) {
        Optional<ProductId> product = change.plan() != null
                ? Optional.of(catalog.requirePlan("change.plan", change.plan(), account).product())
                : Optional.ofNullable(change.product()).map(key -> catalog.requireProduct("change.product", key).id());
        List<AccountSubscription> candidates =
                live.stream().filter(subscription -> product.isEmpty() || subscription.product().equals(product.get())).toList();
        if (candidates.isEmpty()) {
            return new Unclear(new ChangeNotAllowed(Rule.NO_SUBSCRIPTION, "The account has no running subscription of this product"));
        }
        return candidates.size() > 1
                ? new Unclear(new ChangeNotAllowed(Rule.AMBIGUOUS, "The account has several subscriptions; name the product or a plan"))
                : new One(candidates.getFirst());
    }

    default QuoteResult map(Function<AccountSubscription, QuoteResult> one, Function<ChangeNotAllowed, QuoteResult> unclear) {
        return switch (this) {
            case One(AccountSubscription subscription) -> one.apply(subscription);
            case Unclear(ChangeNotAllowed why) -> unclear.apply(why);
        };
    }
}
