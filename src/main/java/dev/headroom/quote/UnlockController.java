package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.entitlement.Entitlement;
import java.util.Optional;
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

    record UnlockOption(AccountId account, Plan plan) {}

    @SchemaMapping(typeName = "Entitlement")
    Optional<UnlockOption> unlockedBy(Entitlement entitlement) {
        CatalogSnapshot known = catalog.snapshot();
        return known.onSale(entitlement.feature().product()).stream()
                .filter(version -> grantsMore(version, entitlement))
                .findFirst()
                .map(version -> new UnlockOption(entitlement.account(), version.plan()));
    }

    private static boolean grantsMore(PlanVersion version, Entitlement now) {
        Optional<PlanEntitlement> granted = version.entitlement(now.feature());
        if (granted.isEmpty() || now.source() == null) {
            return granted.isPresent();
        }
        Long included = granted.get().included();
        return now.limit() != null && (included == null || included > now.limit());
    }

    @SchemaMapping(typeName = "UnlockOption")
    QuoteResult quote(UnlockOption option, @ContextValue Actor actor) {
        return quotes.quote(actor, option.account(), new RequestedChange(null, option.plan().key(), null, null));
    }
}
