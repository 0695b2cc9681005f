package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.subscription.AccountSubscription;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Says what quotes would cost and hold of what is expected to be used, and what it would be to stay. */
@Service
public class Prospects {

    private final Demands demands;
    private final Catalog catalog;
    private final Bundles bundles;

    Prospects(Demands demands, Catalog catalog, Bundles bundles) {
        this.demands = demands;
        this.catalog = catalog;
        this.bundles = bundles;
    }

    /**
     * One quote's.
     *
     * @param staying what the subscription is, with what waits for the end of its period
     */
    public record Prospect(Fit staying, Fit changed) {}

    /** By the ids of the quotes; the end of a subscription has none. As many statements for many quotes as for one. */
    public Map<UUID, Prospect> of(Actor actor, Collection<Quote> quotes) {
        quotes.forEach(quote -> {
            actor.require(Permission.READ, quote.account().value());
            actor.require(Permission.QUOTE, quote.account().value());
        });
        List<AccountId> accounts = quotes.stream().map(Quote::account).distinct().toList();
        Map<AccountId, Demand> wanted = demands.of(accounts);
        CatalogSnapshot known = catalog.snapshot();
        Map<UUID, Prospect> prospects = new HashMap<>();
        quotes.stream().filter(quote -> quote.target().renews()).forEach(quote -> {
            AccountSubscription subscription = quote.subscription();
            Demand demand = Objects.requireNonNull(wanted.get(quote.account())).of(subscription.product());
            Target staying = new Circumstances(subscription, known, quote.quotedAt(), List.of(), bundles.all()).upcoming();
            prospects.put(quote.id(), new Prospect(
                    Fit.of(staying, subscription, demand, quote.quotedAt()), Fit.of(quote.target(), subscription, demand, quote.quotedAt())));
        });
        return prospects;
    }
}
