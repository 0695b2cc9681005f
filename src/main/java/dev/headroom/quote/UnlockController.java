package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.subscription.RequestedChange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** What would unlock a feature, and at which price. */
@Controller
class UnlockController {

    private final Quotes quotes;
    private final Catalog catalog;

    UnlockController(Quotes quotes, Catalog catalog) {
        this.quotes = quotes;
        this.catalog = catalog;
    }

    /** @param seats how many to have in all; absent where the plan alone unlocks it */
    record UnlockOption(AccountId account, Plan plan, @Nullable Long seats) {}

    @SchemaMapping(typeName = "Entitlement")
    Optional<UnlockOption> unlockedBy(Entitlement entitlement) {
        return entitlement.unlockedBy(catalog.snapshot()).map(found -> new UnlockOption(entitlement.account(), found.plan(), found.seats()));
    }

    @SchemaMapping(typeName = "UnlockOption")
    QuoteResult quote(UnlockOption option, @ContextValue Actor actor) {
        RequestedChange change = option.seats() == null
                ? new RequestedChange(null, option.plan().key(), null, null)
                : new RequestedChange(catalog.snapshot().product(option.plan().product()).key(), null, null, option.seats());
        return quotes.listed(actor, option.account(), change);
    }
}
