package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.entitlement.Entitlement;
import java.util.Objects;
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
        PlanVersion own = entitlement.source();
        if (own != null && entitlement.feature().seats() && own.soldBySeat()) {
            long bought = Objects.requireNonNullElse(entitlement.limit(), 0L);
            return Optional.of(new UnlockOption(entitlement.account(), own.plan(), Math.max(bought + 1, entitlement.used() + entitlement.requested())));
        }
        CatalogSnapshot known = catalog.snapshot();
        return known.onSale(entitlement.feature().product()).stream()
                .filter(version -> grantsMore(version, entitlement))
                .findFirst()
                .map(version -> new UnlockOption(entitlement.account(), version.plan(), null));
    }

    private static boolean grantsMore(PlanVersion version, Entitlement now) {
        if (now.source() != null && now.feature().seats() && version.soldBySeat()) {
            // As many seats as now: dearer, not more.
            return false;
        }
        Optional<PlanEntitlement> granted = version.entitlement(now.feature());
        boolean unlimited = now.source() != null && now.limit() == null;
        if (granted.isEmpty() || unlimited) {
            return false;
        }
        Long included = granted.get().included();
        return included == null || (now.limit() == null || included > now.limit()) && included >= now.used() + now.reserved() + now.requested();
    }

    @SchemaMapping(typeName = "UnlockOption")
    QuoteResult quote(UnlockOption option, @ContextValue Actor actor) {
        RequestedChange change = option.seats() == null
                ? new RequestedChange(null, option.plan().key(), null, null)
                : new RequestedChange(catalog.snapshot().product(option.plan().product()).key(), null, null, option.seats());
        return quotes.quote(actor, option.account(), change);
    }
}
